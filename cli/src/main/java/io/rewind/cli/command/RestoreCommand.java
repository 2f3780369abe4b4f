package io.rewind.cli.command;

import io.rewind.cli.client.Look;
import io.rewind.cli.client.PointChoice;
import io.rewind.cli.client.Rehearsal;
import io.rewind.cli.client.RestoreOrder;
import io.rewind.cli.client.Restores;
import io.rewind.cli.client.Session;
import io.rewind.cli.output.Json;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.view.RehearsalView;
import io.rewind.cli.view.RestoreView;
import io.rewind.event.LazySource;
import io.rewind.event.PortBinding;
import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import io.rewind.restore.look.LastChange;
import io.rewind.restore.look.Moment;
import io.rewind.schemas.id.ContainerName;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
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
            "The present is captured first, so that it can be undone.",
            "--export writes a point where this runs, for runc, CRIU and debuggers; nothing is started."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  rewind restore web --at -30s",
            "  rewind restore web --at 12:31:05                    today, local time",
            "  rewind restore web --at 2026-03-01T12:31:05+01:00",
            "  rewind restore web --at latest --as web-then --publish 8081:80",
            "  rewind restore web --at latest --as web-then --lazy remote",
            "  rewind restore web --at latest --as web --host spare",
            "  rewind restore web --point 0199c2f4a1b37e05",
            "  rewind restore web --before-change /etc/passwd --dry-run",
            "  rewind restore web --at latest --export /tmp/web-then"
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

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "With --as: where the new container is to run. Else: which host's container is meant.")
    private String host = "";

    @Option(names = "--force", description = "Also where kernel, processor or CRIU differ too much.")
    private boolean force;

    @Option(
            names = "--lazy",
            paramLabel = "local|remote",
            description =
                    "With --as: whether all memory is brought before the start (local), or only what a start needs"
                            + " (remote); then the new container ends if the store is lost before the rest has come.")
    private String lazy = "local";

    @Option(
            names = "--export",
            paramLabel = "DIR|FILE.tar",
            description = "As a new folder, or archive, of CRIU images, files and core dumps; see the README.md in it.")
    private Optional<Path> export = Optional.empty();

    @Option(names = "--wait", description = "Return only when all of its memory is there, not already when it runs.")
    private boolean wait;

    @Option(names = "--dry-run", description = "Only say what would happen.")
    private boolean dryRun;

    @Option(names = "--json", description = "For programs: the final message.")
    private boolean json;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    RestoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    private static final class Which {
        /** Empty: before a change. */
        Optional<PointChoice> choice(ZonedDateTime now) {
            if (at.isEmpty() && point.isEmpty() && beforeChange.isEmpty()) {
                throw new Usage(
                        "say where to go: --at TIME, --point ID or --before-change PATH; see `rewind restore -h`");
            }
            return point.map(PointChoice::byId).or(() -> at.map(text -> PointChoice.parse(text, now)));
        }

        @Option(
                names = "--at",
                required = true,
                paramLabel = "TIME",
                description =
                        "The newest point not after an instant (2026-03-01T12:31:05Z, or 12:31:05 for today in the"
                                + " local zone; with an offset there), so long ago (-30s, -5m), or latest.")
        private Optional<String> at = Optional.empty();

        @Option(
                names = "--point",
                required = true,
                paramLabel = "ID",
                description = "This point; the beginning of its id will do.")
        private Optional<String> point = Optional.empty();

        @Option(
                names = "--before-change",
                required = true,
                paramLabel = "PATH",
                description = "The last point before this file, or anything in this directory, changed.")
        private Optional<String> beforeChange = Optional.empty();
    }

    @Override
    public Integer call() {
        ContainerName name = new ContainerName(container);
        if (as.isEmpty() && !publish.isEmpty()) {
            throw new Usage("--publish goes with --as: restored in place, a container keeps its ports");
        }
        LazySource source = lazySource();
        if (as.isEmpty() && source == LazySource.REMOTE) {
            throw new Usage("--lazy remote goes with --as: in place, all memory is brought before the start");
        }
        if (export.isPresent() && (as.isPresent() || noUndo || force || !host.isEmpty())) {
            throw new Usage(
                    "--export goes without --as, --host, --force and --no-undo: nothing is started or given up");
        }
        Optional<PointChoice> choice = which.choice(ZonedDateTime.now(ZoneId.systemDefault()));
        Optional<ContainerName> cloned = as.map(ContainerName::new);
        List<PortBinding> ports = publish.stream().map(PublishOption::parse).toList();
        try (Session session = cluster.session()) {
            if (choice.filter(PointChoice::isComplete).isPresent() && export.isEmpty() && !dryRun) {
                return restore(
                        session, new RestoreOrder(name, choice.get(), cloned, ports, noUndo, host, force, source));
            }
            try (Look look = new Look(session)) {
                Moment moment = choice.map(c -> look.moment(name, c))
                        .orElseGet(() -> LastChange.before(look.source(), name, which.beforeChange.orElseThrow()));
                if (dryRun) {
                    return rehearse(session, name, moment);
                }
                if (export.isPresent()) {
                    return new ExportStep(terminal, json).run(look.source(), moment, export.get());
                }
                PointChoice found = PointChoice.byId(moment.header().getPoint());
                return restore(session, new RestoreOrder(name, found, cloned, ports, noUndo, host, force, source));
            }
        }
    }

    private LazySource lazySource() {
        return switch (lazy) {
            case "local" -> LazySource.LOCAL;
            case "remote" -> LazySource.REMOTE;
            default -> throw new Usage("--lazy is local or remote, not " + lazy);
        };
    }

    private int restore(Session session, RestoreOrder order) {
        Restores restores = new Restores(session);
        Consumer<RestoreProgress> each = news -> terminal.progress(RestoreView.step(news), RestoreView.percent(news));
        RestoreProgress last = wait ? restores.runUntilWhole(order, each) : restores.run(order, each);
        return show(last, order.asName().orElse(order.container()).text());
    }

    private int rehearse(Session session, ContainerName name, Moment moment) {
        RestoreMode mode =
                export.isPresent() ? RestoreMode.EXPORT : as.isPresent() ? RestoreMode.CLONE : RestoreMode.IN_PLACE;
        Rehearsal would = Rehearsal.of(session, moment, mode);
        String how = switch (mode) {
            case EXPORT -> "the point would be written to " + export.orElseThrow();
            case CLONE ->
                "the point would be started as " + as.orElseThrow() + ", beside " + name
                        + (lazySource() == LazySource.REMOTE ? ", before all of its memory is here" : "");
            case IN_PLACE ->
                name + " would go back, once everything is here and verified and its present is captured"
                        + (noUndo ? " if it can be" : "");
        };
        terminal.print(
                json
                        ? Json.text(RehearsalView.json(would))
                        : RehearsalView.text(would, how, Instant.now(), ZoneId.systemDefault()));
        return 0;
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
