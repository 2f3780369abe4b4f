package io.rewind.benchmarks.command;

import io.rewind.benchmarks.subject.Workload;
import io.rewind.benchmarks.subject.Workloads;
import io.rewind.benchmarks.workloads.WorkloadExperiment;
import io.rewind.benchmarks.workloads.WorkloadReport;
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
import picocli.CommandLine.ParameterException;

/** {@code rewind bench workloads}. */
@Command(
        name = "workloads",
        description = "Real services under load, captured and not captured by turns, then put back.",
        footerHeading = "%nExamples:%n",
        footer = {"  rewind bench workloads --quick", "  rewind bench workloads --only redis --only mariadb"})
final class WorkloadsCommand implements Callable<Integer> {
    private static final WorkloadExperiment FULL =
            new WorkloadExperiment(3, Duration.ofSeconds(20), Duration.ofSeconds(5), 3);
    private static final WorkloadExperiment QUICK =
            new WorkloadExperiment(1, Duration.ofSeconds(6), Duration.ofSeconds(2), 1);

    private final Terminal terminal;

    @Option(names = "--only", paramLabel = "WORKLOAD", description = "This one; may be given several times.")
    private List<String> only = new ArrayList<>();

    @Mixin
    private Results results = new Results();

    WorkloadsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        try (Cleanup cleanup = new Cleanup()) {
            List<Workload> all = Workloads.services(cleanup);
            List<String> names = all.stream().map(Workload::name).toList();
            for (String wanted : only) {
                if (!names.contains(wanted)) {
                    throw new ParameterException(
                            results.command(), "no workload `" + wanted + "`; there are " + String.join(", ", names));
                }
            }
            List<Workload> chosen = all.stream()
                    .filter(workload -> only.isEmpty() || only.contains(workload.name()))
                    .toList();
            WorkloadExperiment experiment = results.quick() ? QUICK : FULL;
            results.write(new WorkloadReport(experiment, terminal).of(chosen), terminal);
        }
        return 0;
    }
}
