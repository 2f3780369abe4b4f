package io.rewind.runtime.posix;

/** What an entry is, with the bits that say so in its mode. */
public enum FileType {
    FIFO(0x1000),
    CHARACTER_DEVICE(0x2000),
    DIRECTORY(0x4000),
    BLOCK_DEVICE(0x6000),
    REGULAR(0x8000),
    SYMLINK(0xa000),
    SOCKET(0xc000);

    private static final int MASK = 0xf000;

    private final int bits;

    FileType(int bits) {
        this.bits = bits;
    }

    /** The mode of such a file, from permission bits (07777). */
    int mode(int permissions) {
        return bits | (permissions & FileStat.PERMISSIONS);
    }

    /** @throws IllegalArgumentException for a mode without a known type */
    static FileType of(int mode) {
        for (FileType type : values()) {
            if (type.bits == (mode & MASK)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no file type in mode " + Integer.toOctalString(mode));
    }
}
