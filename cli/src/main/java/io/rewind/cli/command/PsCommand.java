package io.rewind.cli.command;

import io.rewind.cli.client.Look;
import io.rewind.cli.client.PointChoice;
import io.rewind.cli.client.Session;
import io.rewind.cli.output.Json;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.view.ProcessView;
import io.rewind.restore.look.Processes;
import io.rewind.restore.look.Scratch;
import io.rewind.schemas.id.ContainerName;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rewind ps}. */
@Command(
        name = "ps",
        description = {
            "The processes of a point, children below their parents, numbered as inside the container.",
            "RESIDENT is memory that the point has of a process: without pages of files that nobody wrote to."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  rewind ps web latest", "  rewind ps web -5m --json"})
final class PsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "CONTAINER", description = "Its name or id, or the id of a timeline.")
    private String container = "";

    @Parameters(index = "1", paramLabel = "POINT", description = PointArgument.HELP)
    private String point = "";

    @Option(names = "--json", description = "For programs: an array, with open files by descriptor.")
    private boolean json;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    PsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ContainerName name = new ContainerName(container);
        PointChoice choice = PointArgument.parse(point);
        try (Session session = cluster.session();
                Look look = new Look(session);
                Scratch scratch = Scratch.create()) {
            List<Processes.Member> all = Processes.of(
                            look.source(), look.moment(name, choice), scratch.folder("images"))
                    .all();
            terminal.print(json ? Json.text(ProcessView.json(all)) : ProcessView.table(all));
        }
        return 0;
    }
}
