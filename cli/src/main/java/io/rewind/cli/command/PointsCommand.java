package io.rewind.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.rewind.cli.client.Points;
import io.rewind.cli.client.Session;
import io.rewind.cli.output.Json;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.view.PointView;
import io.rewind.event.PointCommitted;
import io.rewind.schemas.id.ContainerName;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rewind points}. */
@Command(
        name = "points",
        description = "The moments a container can go back to, oldest first.",
        footerHeading = "%nExamples:%n",
        footer = {"  rewind points web", "  rewind points web --json"})
final class PointsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "CONTAINER", description = "Its name or id, or the id of a timeline.")
    private String container = "";

    @Option(names = "--json", description = "For programs: an array, times in UTC, sizes in bytes.")
    private boolean json;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    PointsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ContainerName name = new ContainerName(container);
        List<PointCommitted> points;
        Set<String> pinned;
        try (Session session = cluster.session()) {
            points = new Points(session).of(name);
            pinned = new Points(session).pinned(name);
        }
        if (json) {
            ArrayNode array = Json.array();
            points.forEach(point -> array.add(
                    PointView.json(point, pinned.contains(point.getHeader().getPoint()))));
            terminal.print(Json.text(array));
        } else {
            terminal.print(PointView.table(points, pinned, ZoneId.systemDefault()));
        }
        return 0;
    }
}
