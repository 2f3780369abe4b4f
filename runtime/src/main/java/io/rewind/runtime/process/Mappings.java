package io.rewind.runtime.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Of {@code /proc/PID/maps}, see proc_pid_maps(5). One line is one of the kernel's mappings (a vma): all of it has the
 * same properties.
 *
 * @param anonymous private memory without a file, whose pages CRIU leaves to be read from the process
 * @param vdso the code that the kernel lends to every process
 * @param asynchronousIo whether devices may write into the process's memory at any time, frozen or not: io_setup(2)
 */
public record Mappings(List<Range> anonymous, Optional<Range> vdso, boolean asynchronousIo) {
    private static final int FIELDS = 6;
    private static final int HEX = 16;

    /** Addresses, in bytes; {@code end} is the first one behind it. */
    public record Range(long start, long end) {}

    public static Mappings of(int pid) throws IOException {
        return parse(Files.readAllLines(Path.of("/proc", Integer.toString(pid), "maps"), StandardCharsets.ISO_8859_1));
    }

    static Mappings parse(List<String> lines) {
        List<Range> anonymous = new ArrayList<>();
        Optional<Range> vdso = Optional.empty();
        boolean asynchronousIo = false;
        for (String line : lines) {
            String[] fields = line.split(" +", FIELDS);
            String name = fields.length == FIELDS ? fields[FIELDS - 1] : "";
            if (isAnonymous(fields, name)) {
                anonymous.add(range(fields[0]));
            } else if (name.equals("[vdso]")) {
                vdso = Optional.of(range(fields[0]));
            }
            asynchronousIo |= name.startsWith("/[aio]");
        }
        return new Mappings(anonymous, vdso, asynchronousIo);
    }

    /** Whatever has another name, such as a stack, is CRIU's to read, or the kernel's own. */
    private static boolean isAnonymous(String[] fields, String name) {
        return fields[1].endsWith("p")
                && fields[4].equals("0")
                && (name.isEmpty() || name.equals("[heap]") || name.startsWith("[anon:"));
    }

    private static Range range(String text) {
        int dash = text.indexOf('-');
        return new Range(
                Long.parseUnsignedLong(text, 0, dash, HEX), Long.parseUnsignedLong(text, dash + 1, text.length(), HEX));
    }
}
