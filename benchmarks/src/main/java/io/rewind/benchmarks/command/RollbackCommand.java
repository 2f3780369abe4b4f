package io.rewind.benchmarks.command;

import io.rewind.benchmarks.rollback.RollbackReport;
import io.rewind.cli.output.Terminal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rewind bench rollback}. */
@Command(
        name = "rollback",
        description = "A picture: a redis is captured every second, emptied by somebody, and put back.",
        footerHeading = "%nExamples:%n",
        footer = {"  rewind bench rollback", "  rewind bench rollback --quick"})
final class RollbackCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private Results results = new Results();

    RollbackCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        results.write(RollbackReport.run(results.quick(), terminal), terminal);
        return 0;
    }
}
