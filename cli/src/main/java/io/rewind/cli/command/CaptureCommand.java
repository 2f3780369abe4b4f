package io.rewind.cli.command;

import io.rewind.cli.client.Captures;
import io.rewind.cli.client.Durations;
import io.rewind.cli.client.Session;
import io.rewind.cli.output.Json;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.view.PointView;
import io.rewind.event.PointCommitted;
import io.rewind.schemas.id.ContainerName;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rewind capture}. */
@Command(
        name = "capture",
        description = "Capture a container at once, and wait until the point is durable.",
        footerHeading = "%nExamples:%n",
        footer = {"  rewind capture web", "  rewind capture web --json"})
final class CaptureCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "CONTAINER", description = "Its name or id.")
    private String container = "";

    @Option(names = "--host", paramLabel = "HOST", description = "On this host (default: whichever has it).")
    private String host = "";

    @Option(names = "--timeout", paramLabel = "TIME", description = "How long to wait for the point (default: 2m).")
    private String timeout = "2m";

    @Option(names = "--json", description = "For programs: the point, as in `rewind points --json`.")
    private boolean json;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    CaptureCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ContainerName name = new ContainerName(container);
        Duration limit = Durations.parse("--timeout", timeout);
        try (Session session = cluster.session()) {
            terminal.progress("capturing " + name);
            PointCommitted point = new Captures(session).now(name, host, limit);
            terminal.print(
                    json ? Json.text(PointView.json(point)) : PointView.table(List.of(point), ZoneId.systemDefault()));
        }
        return 0;
    }
}
