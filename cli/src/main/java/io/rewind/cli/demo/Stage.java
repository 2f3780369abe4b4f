package io.rewind.cli.demo;

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
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What a demonstration stands on: a folder, an image and a node, all its own.
 *
 * @param name of the container; whatever else is made begins with it
 */
record Stage(String name, String image, DataFolder folder, RunningNode node) {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofMinutes(1);

    static Stage set(Terminal terminal, String mainClass, Cleanup cleanup) throws IOException {
        String name = "rewind-demo-"
                + Integer.toHexString(RandomGenerator.getDefault().nextInt(0x1000, 0x10000));
        String image = name + ":1";
        Path path = Files.createTempDirectory(name);
        cleanup.add(() -> deleteAll(path));
        cleanup.add(() -> removeImage(image));
        DemoImage.make(path, image);
        DataFolder folder = new DataFolder(path.resolve("node"));
        cleanup.add(() -> NodeProcess.end(folder, STOP));
        RunningNode node = NodeProcess.start(
                folder, mainClass, START, waited -> terminal.progress("starting a node, " + waited.toSeconds() + " s"));
        return new Stage(name, image, folder, node);
    }

    /** With every container made from it. */
    private static void removeImage(String image) {
        List<String> known =
                Command.run("docker", "images", "--quiet", image).lines().toList();
        if (known.isEmpty()) {
            return;
        }
        Command.run("docker", "ps", "--all", "--quiet", "--filter", "ancestor=" + image)
                .lines()
                .forEach(container -> Command.run("docker", "rm", "--force", "--volumes", container));
        Command.run("docker", "rmi", "--force", image);
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
