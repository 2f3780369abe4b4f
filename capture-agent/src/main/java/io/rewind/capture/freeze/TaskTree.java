package io.rewind.capture.freeze;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The processes below a container's first one, by the pid they have inside the container. */
record TaskTree(Map<Integer, Task> byInnerPid) {
    private static final int STATE = 0;
    private static final int START_TIME = 19;

    /** @param startTime clock ticks since boot */
    record Task(int pid, long startTime) {}

    static TaskTree below(int firstPid) throws IOException {
        Map<Integer, Task> found = new TreeMap<>();
        Deque<Integer> open = new ArrayDeque<>();
        open.push(firstPid);
        while (!open.isEmpty()) {
            int pid = open.pop();
            try {
                found.put(innerPid(pid), new Task(pid, Long.parseLong(stat(pid)[START_TIME])));
                open.addAll(children(pid));
            } catch (IOException e) {
                // Ended since its parent named it. The first one must be there; inside the window all are.
                if (pid == firstPid || Files.exists(proc(pid, "stat"))) {
                    throw e;
                }
            }
        }
        return new TaskTree(found);
    }

    private static List<Integer> children(int pid) throws IOException {
        List<Integer> children = new ArrayList<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(proc(pid, "task"))) {
            for (Path thread : threads) {
                String pids = Files.readString(thread.resolve("children")).trim();
                if (!pids.isEmpty()) {
                    for (String child : pids.split(" ")) {
                        children.add(Integer.valueOf(child));
                    }
                }
            }
        }
        return children;
    }

    /** Whether the process is stopped by a tracer, as everything is inside the window. */
    static boolean isStopped(int pid) {
        try {
            return stat(pid)[STATE].equals("t");
        } catch (IOException e) {
            return false;
        }
    }

    private static int innerPid(int pid) throws IOException {
        for (String line : Files.readAllLines(proc(pid, "status"))) {
            if (line.startsWith("NSpid:")) {
                String[] pids = line.split("\\s+");
                return Integer.parseInt(pids[pids.length - 1]);
            }
        }
        return pid;
    }

    /** Fields of {@code /proc/PID/stat} from the third, the state, on: the name before them may hold anything. */
    private static String[] stat(int pid) throws IOException {
        String text = Files.readString(proc(pid, "stat"), StandardCharsets.ISO_8859_1);
        return text.substring(text.lastIndexOf(')') + 2).trim().split(" ");
    }

    private static Path proc(int pid, String file) {
        return Path.of("/proc", Integer.toString(pid), file);
    }
}
