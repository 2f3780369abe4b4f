package io.rewind.cli.command;

import io.rewind.cli.client.Look;
import io.rewind.cli.client.PointChoice;
import io.rewind.cli.client.Session;
import io.rewind.cli.output.Amounts;
import io.rewind.cli.output.Json;
import io.rewind.cli.output.Lines;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.view.DiffView;
import io.rewind.restore.compare.FileComparison;
import io.rewind.restore.compare.MemoryComparison;
import io.rewind.restore.compare.MemoryDifference;
import io.rewind.restore.compare.ProcessComparison;
import io.rewind.restore.look.Moment;
import io.rewind.restore.look.Processes;
import io.rewind.restore.look.Scratch;
import io.rewind.schemas.id.ContainerName;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rewind diff}. */
@Command(
        name = "diff",
        description = {
            "What differs between two points: processes and what they have open, files, pages of memory by mapping.",
            "A file counts as added, too, when it is changed for the first time since the image was made."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  rewind diff web -5m latest", "  rewind diff web 0199c2f4 0199c2f5 --json"})
final class DiffCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "CONTAINER", description = "Its name or id, or the id of a timeline.")
    private String container = "";

    @Parameters(index = "1", paramLabel = "A", description = "The point before: " + PointArgument.HELP)
    private String before = "";

    @Parameters(index = "2", paramLabel = "B", description = "The point after, named likewise.")
    private String after = "";

    @Option(names = "--json", description = "For programs: one object a line.")
    private boolean json;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    DiffCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ContainerName name = new ContainerName(container);
        PointChoice a = PointArgument.parse(before);
        PointChoice b = PointArgument.parse(after);
        try (Session session = cluster.session();
                Look look = new Look(session);
                Scratch scratch = Scratch.create();
                Lines lines = new Lines(terminal)) {
            Moment old = look.moment(name, a);
            Moment now = look.moment(name, b);
            Processes was = Processes.of(look.source(), old, scratch.folder("before"));
            Processes is = Processes.of(look.source(), now, scratch.folder("after"));
            if (!json) {
                lines.add("from " + title(old) + " to " + title(now));
            }
            processes(ProcessComparison.of(was, is), lines);
            files(old, now, lines);
            lines.flush();
            terminal.progress("comparing memory");
            memory(MemoryComparison.of(look.source(), old, was, now, is, scratch.folder("memory")), lines);
        }
        return 0;
    }

    private static String title(Moment moment) {
        return moment.header().getPoint() + " (" + Amounts.time(moment.header().getCaptured(), ZoneId.systemDefault())
                + ")";
    }

    private void processes(ProcessComparison difference, Lines lines) {
        if (json) {
            DiffView.json(difference).forEach(object -> lines.add(Json.line(object)));
            return;
        }
        lines.add("\nprocesses and open files");
        List<String> all = DiffView.lines(difference);
        all.forEach(lines::add);
        if (all.isEmpty()) {
            lines.add("nothing");
        }
    }

    private void files(Moment old, Moment now, Lines lines) {
        if (!json) {
            lines.add("\nfiles");
        }
        long[] count = new long[1];
        FileComparison.of(old, now, file -> {
            count[0]++;
            lines.add(json ? Json.line(DiffView.json(file)) : DiffView.line(file));
        });
        if (!json && count[0] == 0) {
            lines.add("nothing");
        }
    }

    private void memory(List<MemoryDifference> difference, Lines lines) {
        if (json) {
            difference.forEach(m -> lines.add(Json.line(DiffView.json(m))));
        } else {
            lines.add("\nmemory, pages of 4 KiB");
            lines.add(DiffView.table(difference).stripTrailing());
        }
    }
}
