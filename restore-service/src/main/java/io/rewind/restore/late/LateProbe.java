package io.rewind.restore.late;

import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.PosixPath;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds out whether memory may come after the start on this host by doing it: a process of our own is dumped, comes back
 * without its memory, and must answer as before. Kernel, policy and CRIU all have their say.
 */
public final class LateProbe {
    private static final int SIZE = 300_000;
    /** Answers each line it is told with that line and the length of what it keeps. */
    private static final String PROGRAM =
            "x=$(head -c " + SIZE + " /dev/zero | tr '\\0' x); exec 3<>\"$1/ask\"; while read -r line <&3; do"
                    + " echo \"$line ${#x}\" >\"$1/answer.new\"; mv \"$1/answer.new\" \"$1/answer\"; done";

    private static final String LIMIT = "10";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

    private final Path folder;
    private final List<ProcessHandle> started = new ArrayList<>();

    private LateProbe(Path folder) {
        this.folder = folder;
    }

    /** Why it does not work; empty if it does. */
    public static Optional<String> fault() {
        try {
            Path folder = Files.createTempDirectory("rewind-late-").toRealPath();
            try {
                new LateProbe(folder).run();
                return Optional.empty();
            } finally {
                remove(folder);
            }
        } catch (IOException | RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private void run() throws IOException, InterruptedException {
        for (String name : List.of("images", "work")) {
            Files.createDirectory(folder.resolve(name));
        }
        end(List.of("mkfifo", folder.resolve("ask").toString()));
        try {
            Process program = start(
                    List.of("setsid", "sh", "-c", PROGRAM, "probe", folder.toString()),
                    ProcessBuilder.Redirect.DISCARD);
            ask("before");
            end(criu("dump", "-t", Long.toString(program.pid())));
            // Its pid is free again once its end has been taken note of.
            program.waitFor();
            Process daemon = start(criu("lazy-pages", "--status-fd", "1"), ProcessBuilder.Redirect.PIPE);
            // One byte when it listens, or its end.
            int _ = daemon.getInputStream().read();
            end(criu("restore", "--restore-detached", "--lazy-pages"));
            ProcessHandle.of(program.pid()).ifPresent(started::add);
            ask("after");
            if (!daemon.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || daemon.exitValue() != 0) {
                throw new IOException("CRIU's lazy-pages daemon did not end well");
            }
        } finally {
            started.reversed().forEach(process -> {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            });
        }
    }

    private List<String> criu(String verb, String... options) {
        List<String> command = new ArrayList<>(List.of("timeout", "-s", "KILL", LIMIT, "criu", verb));
        command.addAll(List.of("-D", folder.resolve("images").toString()));
        command.addAll(List.of("-W", folder.resolve("work").toString(), "-o", verb + ".log", "-v1"));
        command.addAll(List.of(options));
        return command;
    }

    private Process start(List<String> command, ProcessBuilder.Redirect output) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        started.add(process.toHandle());
        return process;
    }

    /** One that has to succeed. */
    private void end(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("`" + String.join(" ", command) + "` failed");
        }
    }

    private void ask(String word) throws IOException {
        // Opened in both directions, a fifo does not wait for its other end.
        try (RandomAccessFile fifo = new RandomAccessFile(folder.resolve("ask").toFile(), "rw")) {
            fifo.write((word + "\n").getBytes(StandardCharsets.US_ASCII));
            Path answer = folder.resolve("answer");
            String expected = word + " " + SIZE;
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (!Files.exists(answer) || !Files.readString(answer).strip().equals(expected)) {
                if (System.nanoTime() > until) {
                    throw new IOException("the process to try it on does not answer \"" + expected + "\"");
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    private static void remove(Path folder) {
        try (Directory parent = Directory.open(folder.resolveSibling(".").normalize())) {
            parent.removeTree(PosixPath.of(String.valueOf(folder.getFileName())));
        }
    }
}
