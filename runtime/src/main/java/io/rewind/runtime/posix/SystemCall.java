package io.rewind.runtime.posix;

/** A system call and its number on each {@link Machine}; any package may name the ones it needs. */
public record SystemCall(String name, int amd64, int aarch64) {

    /** A call added to Linux after its tables were made common to all processors. */
    public static SystemCall common(String name, int number) {
        return new SystemCall(name, number, number);
    }

    public int number() {
        return switch (Machine.current()) {
            case AMD64 -> amd64;
            case AARCH64 -> aarch64;
        };
    }
}
