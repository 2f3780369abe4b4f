package io.rewind.benchmarks.command;

import io.rewind.benchmarks.figure.Report;
import io.rewind.benchmarks.stand.Machine;
import io.rewind.cli.output.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of every benchmark, and the writing of its page. */
final class Results {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--quick", description = "Few points and small sizes: a first picture, not to be quoted.")
    private boolean quick;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            description = "Where page, numbers and pictures go; default: benchmarks/target/results of the checkout.")
    private Path folder =
            Path.of(System.getenv().getOrDefault("REWIND_HOME", ".")).resolve("benchmarks/target/results");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    /** The benchmark's command, for what is wrong with what was typed. */
    CommandLine command() {
        return spec.commandLine();
    }

    boolean quick() {
        return quick;
    }

    /** Where the page goes. */
    Path folder() {
        return folder;
    }

    void write(Report report, Terminal terminal) throws IOException {
        List<String> typed = spec.root().commandLine().getParseResult().originalArgs();
        Path page = report.write(
                folder,
                "./rewind " + String.join(" ", typed),
                Machine.describe().text());
        terminal.print("written: " + page);
    }
}
