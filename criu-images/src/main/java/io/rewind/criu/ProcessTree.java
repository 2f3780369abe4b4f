package io.rewind.criu;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * pstree.img: the dumped processes, parents before children. All numbers are as seen in the container's own pid
 * namespace, not on the host. Source: images/pstree.proto, criu/pstree.c.
 *
 * <pre>
 * record  1 pid  2 ppid  3 pgid  4 sid  uint32 required
 *         5 threads                     uint32 repeated, the first one among them
 * </pre>
 */
public record ProcessTree(List<Task> processes) {
    private static final int MAGIC = 0x50273030;
    private static final String WHAT = "The process tree";

    /** The most that Linux allows: PID_MAX_LIMIT. */
    private static final long PID_LIMIT = 1 << 22;

    /**
     * One process.
     *
     * @param ppid 0 for the first one
     * @param threads thread ids, that of the process among them
     */
    public record Task(int pid, int ppid, int pgid, int sid, List<Integer> threads) {
        public Task {
            threads = List.copyOf(threads);
        }
    }

    public ProcessTree {
        processes = List.copyOf(processes);
        Set<Integer> known = new HashSet<>();
        for (Task process : processes) {
            if (process.pid() < 1 || (process.ppid() != 0 && !known.contains(process.ppid()))) {
                throw damaged("has a process without a parent");
            }
            if (!known.add(process.pid())) {
                throw damaged("has process " + process.pid() + " twice");
            }
        }
    }

    /**
     * Reads pstree.img.
     *
     * @throws io.rewind.runtime.fault.Fault IMAGE_DAMAGED, IMAGE_TOO_LARGE, IMAGE_IO
     */
    public static ProcessTree read(Path file) {
        return ImageFiles.read(file, ProcessTree::read);
    }

    /** Reads to the end of the stream and leaves it open. */
    public static ProcessTree read(InputStream in) {
        RecordReader records = new RecordReader(in, MAGIC, WHAT);
        List<Task> processes = new ArrayList<>();
        try {
            for (Optional<byte[]> next = records.next(); next.isPresent(); next = records.next()) {
                processes.add(process(next.get()));
            }
        } catch (IOException e) {
            throw CriuFault.IMAGE_DAMAGED.rejected(WHAT + " has a record that cannot be read.", e);
        }
        return new ProcessTree(processes);
    }

    private static Task process(byte[] record) throws IOException {
        Numbers numbers = new Numbers(4);
        List<Integer> threads = new ArrayList<>();
        Wire.read(record, 5, (field, value) -> {
            if (field == 5) {
                threads.add(pid(value));
            } else {
                numbers.number(field, value);
            }
        });
        return new Task(
                pid(numbers.required(1, PID_LIMIT)),
                pid(numbers.required(2, PID_LIMIT)),
                pid(numbers.required(3, PID_LIMIT)),
                pid(numbers.required(4, PID_LIMIT)),
                threads);
    }

    private static int pid(long value) throws IOException {
        if (value < 0 || value > PID_LIMIT) {
            throw new IOException("a process id is too large");
        }
        return (int) value;
    }

    private static RuntimeException damaged(String predicate) {
        return CriuFault.IMAGE_DAMAGED.rejected(WHAT + " " + predicate + ".");
    }
}
