package io.rewind.capture.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What a descriptor stands for.
 *
 * @param link such as {@code /dev/fuse}, {@code socket:[4711]}, {@code anon_inode:[io_uring]}
 * @param device its number (st_rdev), for a device below /dev
 */
record OpenFile(String link, OptionalLong device) {
    private static final int KIND = 0170000;
    private static final int CHARACTER = 0020000;
    private static final int BLOCK = 0060000;
    /** Memory (null, zero, random, …), terminals and their pseudo kinds: see devices.txt of the kernel. */
    private static final int MEMORY = 1;

    private static final int TTY = 4;
    private static final int TTY_AUX = 5;
    private static final int MISC = 10;
    private static final int TUN = 200;
    private static final int PTS_FIRST = 136;
    private static final int PTS_LAST = 143;

    /** @param descriptor below /proc/PID/fd */
    static OpenFile of(Path descriptor) throws IOException {
        String link = Files.readSymbolicLink(descriptor).toString();
        return new OpenFile(link, link.startsWith("/dev/") ? device(descriptor) : OptionalLong.empty());
    }

    private static OptionalLong device(Path file) throws IOException {
        int kind = (int) Files.getAttribute(file, "unix:mode") & KIND;
        return kind == CHARACTER || kind == BLOCK
                ? OptionalLong.of((long) Files.getAttribute(file, "unix:rdev"))
                : OptionalLong.empty();
    }

    boolean isAnonymous(String kind) {
        return link.equals("anon_inode:[" + kind + "]");
    }

    /** A device that CRIU does not know how to open again as it was. */
    boolean isForeignDevice() {
        return device.isPresent() && !known(major(device.getAsLong()), minor(device.getAsLong()));
    }

    private static boolean known(long major, long minor) {
        return major == MEMORY
                || major == TTY
                || major == TTY_AUX
                || (major >= PTS_FIRST && major <= PTS_LAST)
                || (major == MISC && minor == TUN);
    }

    /** As gnu_dev_major(3) takes it apart. */
    private static long major(long device) {
        return ((device >>> 8) & 0xfff) | ((device >>> 32) & ~0xfffL);
    }

    private static long minor(long device) {
        return (device & 0xff) | ((device >>> 12) & ~0xffL);
    }
}
