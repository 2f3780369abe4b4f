package io.rewind.benchmarks.command;

import io.rewind.benchmarks.timeline.TimelineReport;
import io.rewind.cli.output.Terminal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rewind bench timeline}. */
@Command(
        name = "timeline",
        description = {
            "What a point's map takes beside its content, and whether the first and the last of many points",
            "come back equally fast, before and after others went."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  rewind bench timeline", "  rewind bench timeline --quick"})
final class TimelineCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private Results results = new Results();

    TimelineCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        results.write(new TimelineReport(results.quick(), terminal).run(), terminal);
        return 0;
    }
}
