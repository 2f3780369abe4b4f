package io.rewind.benchmarks.workloads;

import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.subject.Subject;
import io.rewind.benchmarks.subject.Workload;
import io.rewind.cli.output.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A workload with and without capture by turns, then put back.
 *
 * @param pairs of slices; the order within a pair alternates
 * @param slice length of one
 * @param interval of captures
 * @param restores in place, of the newest point
 */
public record WorkloadExperiment(int pairs, Duration slice, Duration interval, int restores) {

    WorkloadFigures run(Terminal terminal, Workload workload) {
        try (Bench bench = Bench.open(terminal, "")) {
            Subject subject = Subject.start(workload, bench.cleanup());
            // The first point is full and the first load meets cold caches: neither belongs to the figures.
            bench.capture(subject.name());
            Slice.uncaptured(bench, subject, interval);
            List<Slice> uncaptured = new ArrayList<>();
            List<Slice> captured = new ArrayList<>();
            for (int i = 0; i < pairs; i++) {
                terminal.progress(workload.name() + ": pair " + (i + 1) + " of " + pairs, i * 100 / pairs);
                if (i % 2 == 0) {
                    uncaptured.add(Slice.uncaptured(bench, subject, slice));
                    captured.add(Slice.captured(bench, subject, slice, interval));
                } else {
                    captured.add(Slice.captured(bench, subject, slice, interval));
                    uncaptured.add(Slice.uncaptured(bench, subject, slice));
                }
            }
            List<Return> returns = new ArrayList<>();
            for (int i = 0; i < restores; i++) {
                terminal.progress(workload.name() + ": restore " + (i + 1) + " of " + restores);
                String point = bench.capture(subject.name()).getHeader().getPoint();
                returns.add(Return.of(bench, subject, point));
            }
            return new WorkloadFigures(workload.name(), uncaptured, captured, returns);
        }
    }
}
