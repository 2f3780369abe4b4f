package io.rewind.capture.freeze;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
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
            found.put(innerPid(pid), new Task(pid, Long.parseLong(stat(pid)[START_TIME])));
            try (DirectoryStream<Path> threads = Files.newDirectoryStream(proc(pid, "task"))) {
                for (Path thread : threads) {
                    String children =
                            Files.readString(thread.resolve("children")).trim();
                    if (!children.isEmpty()) {
                        for (String child : children.split(" ")) {
                            open.push(Integer.parseInt(child));
                        }
                    }
                }
            }
        }
        return new TaskTree(found);
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
