package io.rewind.benchmarks.command;

import io.rewind.benchmarks.speed.SpeedReport;
import io.rewind.cli.output.Terminal;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rewind bench speed}. */
@Command(
        name = "speed",
        description = {
            "How fast one core hashes, patches, seals, opens and encodes, and a store takes and gives.",
            "No container is needed; takes about four minutes."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  rewind bench speed", "  rewind bench speed --quick"})
final class SpeedCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private Results results = new Results();

    SpeedCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, RunnerException {
        results.write(new SpeedReport(results.quick(), terminal).run(), terminal);
        return 0;
    }
}
