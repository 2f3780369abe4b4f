package io.rewind.cli.command;

import io.rewind.cli.client.Look;
import io.rewind.cli.client.PointChoice;
import io.rewind.cli.client.Session;
import io.rewind.cli.output.Json;
import io.rewind.cli.output.Lines;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.view.FileView;
import io.rewind.restore.look.Listing;
import io.rewind.restore.look.Moment;
import io.rewind.restore.look.Spot;
import io.rewind.schemas.id.ContainerName;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rewind files}. */
@Command(
        name = "files",
        description = {"The files of a point.", PointArgument.CHANGED},
        footerHeading = "%nExamples:%n",
        footer = {
            "  rewind files web latest --recursive",
            "  rewind files web -5m /etc",
            "  rewind files web 12:31:05 / -r --json"
        })
final class FilesCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "CONTAINER", description = "Its name or id, or the id of a timeline.")
    private String container = "";

    @Parameters(index = "1", paramLabel = "POINT", description = PointArgument.HELP)
    private String point = "";

    @Parameters(index = "2", paramLabel = "PATH", arity = "0..1", description = "Inside the container (default: /).")
    private String path = "/";

    @Option(
            names = {"-r", "--recursive"},
            description = "With everything below.")
    private boolean recursive;

    @Option(names = "--json", description = "For programs: one object a line, times in UTC.")
    private boolean json;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    FilesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ContainerName name = new ContainerName(container);
        PointChoice choice = PointArgument.parse(point);
        try (Session session = cluster.session();
                Look look = new Look(session);
                Lines lines = new Lines(terminal)) {
            Moment moment = look.moment(name, choice);
            ZoneId zone = ZoneId.systemDefault();
            Listing.of(
                    moment.point(),
                    Spot.of(path, moment.point().spec()),
                    recursive,
                    entry -> lines.add(json ? Json.line(FileView.json(entry)) : FileView.line(entry, zone)));
        }
        return 0;
    }
}
