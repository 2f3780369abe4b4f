package io.rewind.benchmarks.command;

import io.rewind.cli.output.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rewind bench all}: every other benchmark in turn, as if typed one after the other. */
@Command(
        name = "all",
        description = "Every benchmark, one after the other. One that fails does not keep the next from running.",
        footerHeading = "%nExamples:%n",
        footer = "  rewind bench all --results docs/measurements")
final class AllCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--quick", description = "Few points and small sizes: a first picture, not to be quoted.")
    private boolean quick;

    @Option(names = "--results", paramLabel = "DIR", description = "Where pages, numbers and pictures go.")
    private String folder = "";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    AllCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int worst = 0;
        CommandLine root = spec.root().commandLine();
        for (String benchmark : spec.parent().subcommands().keySet()) {
            if (!benchmark.equals(spec.name())) {
                terminal.print("\n" + benchmark);
                worst = Math.max(worst, root.execute(arguments(benchmark)));
            }
        }
        return worst;
    }

    private String[] arguments(String benchmark) {
        List<String> words = new ArrayList<>(List.of("bench", benchmark));
        if (quick) {
            words.add("--quick");
        }
        if (!folder.isEmpty()) {
            words.addAll(List.of("--results", folder));
        }
        return words.toArray(String[]::new);
    }
}
