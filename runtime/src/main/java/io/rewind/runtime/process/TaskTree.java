package io.rewind.runtime.process;

import java.io.IOException;
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
public record TaskTree(Map<Integer, ProcessKey> byInnerPid) {
    public static TaskTree below(int firstPid) throws IOException {
        Map<Integer, ProcessKey> found = new TreeMap<>();
        Deque<Integer> open = new ArrayDeque<>();
        open.push(firstPid);
        while (!open.isEmpty()) {
            int pid = open.pop();
            try {
                found.put(innerPid(pid), new ProcessKey(pid, ProcessStat.of(pid).startTime()));
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
                String pids = childrenOf(thread);
                if (!pids.isEmpty()) {
                    for (String child : pids.split(" ")) {
                        children.add(Integer.valueOf(child));
                    }
                }
            }
        }
        return children;
    }

    /** Of a thread that has ended meanwhile, none: it has left them to another one. */
    private static String childrenOf(Path thread) throws IOException {
        try {
            return Files.readString(thread.resolve("children")).trim();
        } catch (IOException e) {
            if (Files.exists(thread)) {
                throw e;
            }
            return "";
        }
    }

    /** Whether the process is stopped by a tracer, as everything is inside the window. */
    public static boolean isStopped(int pid) {
        try {
            return ProcessStat.of(pid).isTracingStop();
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

    private static Path proc(int pid, String file) {
        return Path.of("/proc", Integer.toString(pid), file);
    }
}
