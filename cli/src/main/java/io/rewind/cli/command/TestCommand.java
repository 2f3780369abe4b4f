package io.rewind.cli.command;

import io.rewind.cli.output.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rewind test}: here for the list of commands; the launcher, which has the sources, runs the suite. */
@Command(name = "test", description = "Set up this machine, then run the whole test suite (from a source checkout).")
final class TestCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    TestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.say("the tests are run by `./rewind test` in a source checkout");
        return Failures.NOT_UNDERSTOOD;
    }
}
