package io.rewind.cli.demo;

import io.rewind.cli.node.RunningNode;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.stand.Cleanup;
import io.rewind.cli.stand.OwnNode;
import io.rewind.cli.stand.Program;
import java.io.IOException;
import java.util.List;

/**
 * What a demonstration stands on: an image and a node, its own.
 *
 * @param name of the container
 */
record Stage(String name, String image, RunningNode node) {

    static Stage set(Terminal terminal, String mainClass, Cleanup cleanup) throws IOException {
        OwnNode own = OwnNode.start(terminal, mainClass, "demo", "", cleanup);
        String image = own.name() + ":1";
        cleanup.add(() -> removeImage(image));
        DemoImage.make(own.path(), image);
        return new Stage(own.name(), image, own.node());
    }

    /** With every container made from it. */
    private static void removeImage(String image) {
        List<String> known =
                Program.run("docker", "images", "--quiet", image).lines().toList();
        if (known.isEmpty()) {
            return;
        }
        Program.run("docker", "ps", "--all", "--quiet", "--filter", "ancestor=" + image)
                .lines()
                .forEach(container -> Program.run("docker", "rm", "--force", "--volumes", container));
        Program.run("docker", "rmi", "--force", image);
    }
}
