package io.rewind.runtime.posix;

/** The processor's table of system calls. */
public enum Machine {
    AMD64,
    AARCH64;

    /** The one this process runs on. */
    public static Machine current() {
        return Current.MACHINE;
    }

    private static final class Current {
        static final Machine MACHINE = of(System.getProperty("os.arch", ""));
    }

    static Machine of(String architecture) {
        return switch (architecture) {
            case "amd64", "x86_64" -> AMD64;
            case "aarch64" -> AARCH64;
            default -> throw new UnsupportedOperationException("no system call numbers for " + architecture);
        };
    }
}
