package io.rewind.cli.node;

import io.rewind.cli.folder.DataFolder;
import io.rewind.cli.folder.FolderLock;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Starts a node as a process that outlives this one and its terminal. */
public final class NodeProcess {
    private static final Duration GLANCE = Duration.ofMillis(100);

    private NodeProcess() {}

    /**
     * Returns the node that is ready on the folder: a new one, or one that another process has started meanwhile.
     *
     * @param mainClass takes {@code up --foreground --data FOLDER}
     * @param waiting told how long it has been waited, again and again
     * @throws Fault NODE_NOT_STARTED
     */
    public static RunningNode start(DataFolder folder, String mainClass, Duration limit, Consumer<Duration> waiting) {
        folder.create();
        Optional<Process> child = FolderLock.isHeld(folder) ? Optional.empty() : Optional.of(spawn(folder, mainClass));
        Instant begin = Instant.now();
        while (true) {
            Optional<RunningNode> ready = RunningNode.find(folder);
            if (ready.isPresent()) {
                return ready.get();
            }
            Duration waited = Duration.between(begin, Instant.now());
            if (child.isPresent() && !child.get().isAlive() && !FolderLock.isHeld(folder)) {
                throw notStarted(lastWords(folder));
            }
            if (waited.compareTo(limit) > 0) {
                throw notStarted("the node is not ready after " + limit.toSeconds() + " s; see " + folder.log());
            }
            waiting.accept(waited);
            pause();
        }
    }

    /** Stops what runs or is starting on the folder, by force where asking does not help. */
    public static void end(DataFolder folder, Duration limit) {
        Instant begin = Instant.now();
        while (FolderLock.isHeld(folder)) {
            boolean patient = Duration.between(begin, Instant.now()).compareTo(limit) < 0;
            RunningNode.find(folder).ifPresent(node -> node.end(limit));
            if (!patient) {
                throw new Fault(
                        NodeFault.NODE_NOT_STOPPED, Severity.RETRYABLE, "the node on " + folder + " still runs");
            }
            pause();
        }
    }

    private static Process spawn(DataFolder folder, String mainClass) {
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(NodeFlags.all(System.getenv()));
        command.addAll(List.of("-cp", System.getProperty("java.class.path", ""), mainClass));
        command.addAll(List.of("up", "--foreground", "--data", folder.toString()));
        try {
            return new ProcessBuilder(command)
                    .directory(folder.path().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.out().toFile())
                    .start();
        } catch (IOException e) {
            throw new Fault(NodeFault.NODE_NOT_STARTED, Severity.FATAL, "setsid (package util-linux) is missing", e);
        }
    }

    /** The sentence that the node ended with. */
    private static String lastWords(DataFolder folder) {
        try (var lines = Files.lines(folder.out())) {
            return lines.filter(line -> line.startsWith("rewind: "))
                    .reduce((first, second) -> second)
                    .map(line -> line.substring("rewind: ".length()))
                    .orElse("the node ended while starting; see " + folder.log() + " and " + folder.out());
        } catch (IOException e) {
            return "the node ended while starting; see " + folder.log();
        }
    }

    private static Fault notStarted(String sentence) {
        return new Fault(NodeFault.NODE_NOT_STARTED, Severity.FATAL, sentence);
    }

    private static void pause() {
        try {
            Thread.sleep(GLANCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notStarted("nobody waited for the node; see `rewind status`");
        }
    }
}
