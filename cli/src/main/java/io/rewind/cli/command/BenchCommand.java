package io.rewind.cli.command;

import io.rewind.cli.output.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rewind bench}: here for the list of commands; the benchmarks, which know all of us, put theirs in its place. */
@Command(name = "bench", description = "Measure Rewind beside its peers (from a source checkout).")
final class BenchCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.say("the benchmarks are run by `./rewind bench` in a source checkout");
        return Failures.NOT_UNDERSTOOD;
    }
}
