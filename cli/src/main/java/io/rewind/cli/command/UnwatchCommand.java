package io.rewind.cli.command;

import io.rewind.cli.client.Session;
import io.rewind.cli.client.Watches;
import io.rewind.cli.output.Terminal;
import io.rewind.schemas.id.ContainerName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rewind unwatch}. */
@Command(
        name = "unwatch",
        description = "Stop capturing a container. Its points stay.",
        footerHeading = "%nExamples:%n",
        footer = "  rewind unwatch web")
final class UnwatchCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "CONTAINER", description = "As it was given to `rewind watch`.")
    private String container = "";

    @Option(names = "--host", paramLabel = "HOST", description = "As it was given to `rewind watch`.")
    private String host = "";

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    UnwatchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ContainerName name = new ContainerName(container);
        try (Session session = cluster.session()) {
            new Watches(session).unwatch(name, host);
        }
        terminal.print("no longer watching " + name + "; its points stay");
        return 0;
    }
}
