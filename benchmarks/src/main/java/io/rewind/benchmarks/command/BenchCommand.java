package io.rewind.benchmarks.command;

import io.rewind.cli.output.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rewind bench}. */
@Command(
        name = "bench",
        description = {
            "Measure Rewind beside its peers, with real containers, and its parts.",
            "Nodes, containers and folders are the benchmark's own; all are gone afterwards.",
            "Let nothing else run on the machine meanwhile."
        },
        synopsisSubcommandLabel = "BENCHMARK",
        footerHeading = "%nExamples:%n",
        footer = {
            "  rewind bench paper --quick      a first picture, within five minutes",
            "  rewind bench all                everything, to be left alone for an hour or two"
        })
public final class BenchCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit; likewise for each benchmark.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    private BenchCommand() {}

    /** The whole tree, for {@code Commands.runWith}. */
    public static CommandLine tree(Terminal terminal) {
        return new CommandLine(new BenchCommand())
                .addSubcommand(new PaperCommand(terminal))
                .addSubcommand(new WorkloadsCommand(terminal))
                .addSubcommand(new PeersCommand(terminal))
                .addSubcommand(new ScaleCommand(terminal))
                .addSubcommand(new SpeedCommand(terminal))
                .addSubcommand(new ContentCommand(terminal))
                .addSubcommand(new TimelineCommand(terminal))
                .addSubcommand(new RollbackCommand(terminal))
                .addSubcommand(new AllCommand(terminal));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which benchmark");
    }
}
