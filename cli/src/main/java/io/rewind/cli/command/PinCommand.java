package io.rewind.cli.command;

import io.rewind.cli.client.Maintenance;
import io.rewind.cli.client.Session;
import io.rewind.cli.output.Json;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.view.PointView;
import io.rewind.event.PointCommitted;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.id.PointId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rewind pin}. */
@Command(
        name = "pin",
        description = "Keep a point whatever the policy says.",
        footerHeading = "%nExamples:%n",
        footer = {"  rewind pin web 0199c2f4a1b37e05", "  rewind pin web 0199c2f4a1b37e05 --off    it may go again"})
final class PinCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "CONTAINER", description = "Its name or id, or the id of a timeline.")
    private String container = "";

    @Parameters(index = "1", paramLabel = "POINT", description = "As `rewind points` shows it.")
    private String point = "";

    @Option(names = "--off", description = "No longer: it may go again.")
    private boolean off;

    @Option(names = "--json", description = "For programs: the point, as in `rewind points --json`.")
    private boolean json;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    PinCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ContainerName name = new ContainerName(container);
        PointId id = new PointId(point);
        PointCommitted pinned;
        try (Session session = cluster.session()) {
            terminal.progress((off ? "letting go of " : "pinning ") + id + " of " + name);
            pinned = new Maintenance(session).pin(name, id, !off);
        }
        terminal.print(
                json
                        ? Json.text(PointView.json(pinned, !off))
                        : "point " + id + " of " + name + (off ? " may go again" : " stays, whatever the policy says"));
        return 0;
    }
}
