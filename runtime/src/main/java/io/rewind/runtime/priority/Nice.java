package io.rewind.runtime.priority;

import io.rewind.runtime.posix.Libc;
import io.rewind.runtime.posix.SystemCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The nice value of single threads, as Linux has it: a thread starts with that of the thread, or process, that it was
 * started by. See setpriority(2).
 */
final class Nice {
    private static final SystemCall GET = new SystemCall("getpriority", 140, 141);
    private static final SystemCall SET = new SystemCall("setpriority", 141, 140);
    private static final SystemCall THREAD = new SystemCall("gettid", 186, 178);
    private static final int PRIO_PROCESS = 0;
    /** The bare call answers 20 less the value, so that no answer looks like an error. */
    private static final int ANSWERED_AT_ZERO = 20;

    private static final Path THREADS = Path.of("/proc/self/task");

    private Nice() {}

    /** The calling thread's id; of a virtual thread, its carrier's. */
    static int thread() {
        return (int) Libc.call(THREAD);
    }

    static int of(int thread) {
        return ANSWERED_AT_ZERO - (int) Libc.call(GET, PRIO_PROCESS, thread);
    }

    /** False when it is not allowed, or the thread is gone. */
    static boolean set(int thread, int nice) {
        return Libc.call(SET, PRIO_PROCESS, thread, nice) == 0;
    }

    /** Of this process. */
    static List<Integer> threads() {
        List<Integer> threads = new ArrayList<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(THREADS)) {
            tasks.forEach(task -> threads.add(Integer.valueOf(String.valueOf(task.getFileName()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return threads;
    }

    /** As the kernel has it, at most 15 bytes; empty when the thread is gone. */
    static String name(int thread) {
        try {
            return Files.readString(THREADS.resolve(thread + "/comm")).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
