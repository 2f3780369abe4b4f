package io.rewind.benchmarks.command;

import io.rewind.benchmarks.paper.PaperExperiment;
import io.rewind.benchmarks.paper.PaperReport;
import io.rewind.benchmarks.subject.Workload;
import io.rewind.benchmarks.subject.Workloads;
import io.rewind.cli.client.Durations;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.stand.Cleanup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rewind bench paper}. */
@Command(
        name = "paper",
        description = {
            "Snapshots of one container every few seconds, and how their sizes add up:",
            "full, dirty pages as the paper has them, and Rewind. Then the same with real services."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  rewind bench paper --quick", "  rewind bench paper --interval 5s      as slowly as the paper"})
final class PaperCommand implements Callable<Integer> {
    private static final int POINTS = 100;
    private static final int QUICK_POINTS = 20;

    private final Terminal terminal;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "Between points; default: ${DEFAULT-VALUE}. The paper's is 5s.")
    private String interval = "1s";

    @Mixin
    private Results results = new Results();

    PaperCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Duration every = Durations.parse("--interval", interval);
        PaperExperiment experiment = new PaperExperiment(results.quick() ? QUICK_POINTS : POINTS, every);
        try (Cleanup cleanup = new Cleanup()) {
            List<Workload> workloads = new ArrayList<>(List.of(Workloads.stressMemory(), Workloads.stressCpu()));
            if (!results.quick()) {
                // stress fills pages with almost nothing; these have real ones.
                workloads.addAll(List.of(
                        Workloads.redis(), Workloads.mariadb(), Workloads.jvm(cleanup), Workloads.random(64, 0.01)));
            }
            results.write(new PaperReport(experiment, terminal).of(workloads), terminal);
        }
        return 0;
    }
}
