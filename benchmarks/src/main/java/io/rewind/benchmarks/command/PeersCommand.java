package io.rewind.benchmarks.command;

import io.rewind.benchmarks.peers.PeersExperiment;
import io.rewind.cli.output.Terminal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rewind bench peers}. */
@Command(
        name = "peers",
        description = {
            "Rewind beside docker checkpoint, runc, Podman, and CRIU images in restic and borg:",
            "stalls, times, bytes and restores of the same containers. What cannot run here is said."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  rewind bench peers --quick", "  rewind bench peers --points 1000      a longer timeline"})
final class PeersCommand implements Callable<Integer> {
    private static final int POINTS = 100;
    private static final int QUICK_POINTS = 10;

    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--points",
            paramLabel = "N",
            description = "Of redis, for each contender; default: " + POINTS + ", " + QUICK_POINTS + " with --quick.")
    private int points;

    @Option(
            names = "--large-only",
            description = "Only the container with a large memory; prints its times and writes no page.")
    private boolean largeOnly;

    @Mixin
    private Results results = new Results();

    PeersCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (points < 0) {
            throw new ParameterException(spec.commandLine(), "--points: must be positive");
        }
        if (largeOnly) {
            terminal.print(new PeersExperiment(0, results.quick()).large(terminal));
            return 0;
        }
        int wanted = points > 0 ? points : results.quick() ? QUICK_POINTS : POINTS;
        results.write(new PeersExperiment(wanted, results.quick()).run(terminal), terminal);
        return 0;
    }
}
