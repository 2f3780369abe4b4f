package io.rewind.cli.stand;

import io.rewind.cli.folder.DataFolder;
import io.rewind.cli.node.NodeProcess;
import io.rewind.cli.node.RunningNode;
import io.rewind.cli.output.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A node that lives as long as a trial.
 *
 * @param name for whatever else the trial makes to begin with
 * @param path a folder for the trial, the node's among it
 */
public record OwnNode(String name, Path path, DataFolder folder, RunningNode node) {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofMinutes(1);

    /**
     * @param what part of the name
     * @param settings HOCON, over the reference settings
     */
    public static OwnNode start(Terminal terminal, String mainClass, String what, String settings, Cleanup cleanup) {
        String name = "rewind-" + what + "-"
                + Integer.toHexString(RandomGenerator.getDefault().nextInt(0x1000, 0x10000));
        try {
            Path path = Files.createTempDirectory(name);
            cleanup.add(() -> deleteAll(path));
            DataFolder folder = new DataFolder(path.resolve("node")).create();
            Files.writeString(folder.settings(), settings);
            cleanup.add(() -> NodeProcess.end(folder, STOP));
            RunningNode node = NodeProcess.start(
                    folder,
                    mainClass,
                    START,
                    waited -> terminal.progress("starting a node, " + waited.toSeconds() + " s"));
            return new OwnNode(name, path, folder, node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteAll(Path path) {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + path, e);
        }
    }
}
