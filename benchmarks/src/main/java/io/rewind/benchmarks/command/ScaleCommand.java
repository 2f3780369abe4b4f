package io.rewind.benchmarks.command;

import io.rewind.benchmarks.figure.Report;
import io.rewind.benchmarks.scale.Axis;
import io.rewind.benchmarks.scale.Remarks;
import io.rewind.benchmarks.scale.ScaleReport;
import io.rewind.benchmarks.scale.Trial;
import io.rewind.cli.output.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code rewind bench scale}. */
@Command(
        name = "scale",
        description = {
            "How cost grows: with memory, with what is written, with files, containers, points and partitions.",
            "Sizes for which the machine has no room are left out, and said.",
            "What scale-remarks.md among the results has below a heading \"## AXIS\" is put into the page."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  rewind bench scale --quick", "  rewind bench scale --axis memory --axis timeline"})
final class ScaleCommand implements Callable<Integer> {
    private static final String REMARKS = "scale-remarks.md";

    private final Terminal terminal;

    @Option(
            names = "--axis",
            paramLabel = "AXIS",
            description =
                    "This one; may be given several times. There are memory, written, files, containers, timeline,"
                            + " partitions.")
    private List<String> wanted = new ArrayList<>();

    @Option(names = "--sizes", paramLabel = "N", description = "Only the N smallest of each axis; default: all.")
    private int sizes = Integer.MAX_VALUE;

    @Mixin
    private Results results = new Results();

    ScaleCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (sizes < 1) {
            throw new ParameterException(results.command(), "--sizes: must be positive");
        }
        List<Axis> axes = ScaleReport.axes();
        List<String> names = axes.stream().map(axis -> axis.profile().name()).toList();
        for (String name : wanted) {
            if (!names.contains(name)) {
                throw new ParameterException(
                        results.command(), "no axis `" + name + "`; there are " + String.join(", ", names));
            }
        }
        List<Axis> chosen = axes.stream()
                .filter(axis ->
                        wanted.isEmpty() || wanted.contains(axis.profile().name()))
                .toList();
        ScaleReport scale = new ScaleReport(new Trial(terminal, results.quick(), sizes), said());
        Report page = scale.begin();
        for (Axis axis : chosen) {
            scale.add(axis, page);
            // A long run that is broken off leaves what it has.
            results.write(page, terminal);
        }
        return 0;
    }

    private Remarks said() throws IOException {
        Path file = results.folder().resolve(REMARKS);
        return Files.isReadable(file) ? Remarks.read(file) : Remarks.NONE;
    }
}
