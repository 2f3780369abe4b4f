package io.rewind.benchmarks.command;

import io.rewind.benchmarks.content.ContentExperiment;
import io.rewind.benchmarks.content.ContentReport;
import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.subject.Workload;
import io.rewind.benchmarks.subject.Workloads;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.stand.Cleanup;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rewind bench content}. */
@Command(
        name = "content",
        description = {
            "What compression level, chunk size, a dictionary and deduplication are worth:",
            "bytes and processor time of the same points of real services, encoded in every way."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  rewind bench content", "  rewind bench content --quick"})
final class ContentCommand implements Callable<Integer> {
    private static final ContentExperiment FULL = new ContentExperiment(8, 20);
    private static final ContentExperiment QUICK = new ContentExperiment(3, 20);

    private final Terminal terminal;

    @Mixin
    private Results results = new Results();

    ContentCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        try (Cleanup cleanup = new Cleanup()) {
            List<Workload> services = List.of(
                    Workloads.redisSomeKeys(),
                    Workloads.mariadb(),
                    Workloads.jvm(cleanup),
                    Workloads.python(),
                    Workloads.random(64, 0.01));
            List<Workload> images = List.of(
                    Workloads.redisServer().unprobed(), Workloads.python().unprobed());
            ContentReport report = new ContentReport(results.quick() ? QUICK : FULL, terminal);
            try (Bench bench = Bench.open(terminal, ContentExperiment.SETTINGS)) {
                for (Workload service : services) {
                    report.timeline(bench, service);
                    // A long run that is broken off leaves what it has.
                    results.write(report.page(), terminal);
                }
                for (Workload image : images) {
                    report.siblings(bench, image);
                    results.write(report.page(), terminal);
                }
            }
        }
        return 0;
    }
}
