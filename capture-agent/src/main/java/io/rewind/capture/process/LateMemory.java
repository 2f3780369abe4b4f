package io.rewind.capture.process;

import io.rewind.runtime.process.ProcessKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Of {@code /proc/PID/smaps}, see proc_pid_smaps(5): whether pages are brought only when the process misses them, by a
 * userfaultfd that is not ours. Who looks at the memory from outside does not see that they are to come.
 */
public final class LateMemory {
    private LateMemory() {}

    public static boolean isOfAny(List<ProcessKey> processes) throws IOException {
        for (ProcessKey process : processes) {
            if (isOf(process)) {
                return true;
            }
        }
        return false;
    }

    /** Takes a walk through all page tables: milliseconds a gibibyte. A process that has ended misses nothing. */
    static boolean isOf(ProcessKey process) throws IOException {
        Path smaps = Path.of("/proc", Integer.toString(process.pid()), "smaps");
        try (Stream<String> lines = Files.lines(smaps, StandardCharsets.ISO_8859_1)) {
            return isIn(lines);
        } catch (IOException | UncheckedIOException e) {
            if (process.isAlive()) {
                throw e;
            }
            return false;
        }
    }

    /** The flag stands for VM_UFFD_MISSING. */
    static boolean isIn(Stream<String> lines) {
        return lines.anyMatch(line -> line.startsWith("VmFlags:") && line.contains(" um"));
    }
}
