package io.rewind.cli.command;

import io.rewind.cli.client.PointChoice;
import io.rewind.cli.client.RestoreOrder;
import io.rewind.cli.client.Restores;
import io.rewind.cli.client.Session;
import io.rewind.cli.output.Json;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.view.RestoreView;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import io.rewind.schemas.id.ContainerName;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rewind restore}. */
@Command(
        name = "restore",
        description = {
            "Put a container back to a point, in place, or open the point as a second container beside it (--as).",
            "The present is captured first, so that it can be undone."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  rewind restore web --at -30s",
            "  rewind restore web --at 12:31:05                    today, local time",
            "  rewind restore web --at 2026-03-01T12:31:05+01:00",
            "  rewind restore web --at latest --as web-then --publish 8081:80",
            "  rewind restore web --point 0199c2f4a1b37e05"
        })
final class RestoreCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "CONTAINER", description = "Its name or id, or the id of a timeline.")
    private String container = "";

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(names = "--as", paramLabel = "NAME", description = "As a new container of this name; the other runs on.")
    private Optional<String> as = Optional.empty();

    @Option(
            names = "--publish",
            paramLabel = "HOST:CONTAINER",
            description = "A port of the new container; may be given again.")
    private List<String> publish = List.of();

    @Option(names = "--no-undo", description = "Go back even where the present cannot be captured first.")
    private boolean noUndo;

    @Option(names = "--json", description = "For programs: the final message.")
    private boolean json;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    RestoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    private static final class Which {
        @Option(
                names = "--at",
                required = true,
                paramLabel = "TIME",
                description =
                        "The newest point not after an instant (2026-03-01T12:31:05Z, or 12:31:05 for today in the"
                                + " local zone), so long ago (-30s, -5m), or latest.")
        private Optional<String> at = Optional.empty();

        @Option(names = "--point", required = true, paramLabel = "ID", description = "This point.")
        private Optional<String> point = Optional.empty();
    }

    @Override
    public Integer call() {
        RestoreOrder order = order(ZonedDateTime.now(ZoneId.systemDefault()));
        try (Session session = new Session(cluster.bootstrap())) {
            RestoreProgress last = new Restores(session)
                    .run(order, news -> terminal.progress(RestoreView.step(news), RestoreView.percent(news)));
            return show(last, order.asName().orElse(order.container()).text());
        }
    }

    private RestoreOrder order(ZonedDateTime now) {
        if (as.isEmpty() && !publish.isEmpty()) {
            throw new Usage("--publish goes with --as: restored in place, a container keeps its ports");
        }
        if (which.at.isEmpty() && which.point.isEmpty()) {
            throw new Usage("say where to go: --at TIME or --point ID; see `rewind restore -h`");
        }
        PointChoice point =
                which.point.map(PointChoice::byId).orElseGet(() -> PointChoice.parse(which.at.orElseThrow(), now));
        return new RestoreOrder(
                new ContainerName(container),
                point,
                as.map(ContainerName::new),
                publish.stream().map(PublishOption::parse).toList(),
                noUndo);
    }

    private int show(RestoreProgress last, String name) {
        boolean running = last.getState() == RestoreState.RUNNING;
        if (json) {
            terminal.print(Json.text(RestoreView.json(last)));
        } else if (running) {
            terminal.print(RestoreView.done(last, name));
        }
        if (!running) {
            terminal.say("not restored: " + last.getMessage() + " (" + last.getCode() + ")");
        }
        return running ? 0 : Failures.NOT_DONE;
    }
}
