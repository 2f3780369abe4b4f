package io.rewind.benchmarks.workloads;

import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.stand.CpuTime;
import io.rewind.benchmarks.stand.PointLog;
import io.rewind.benchmarks.subject.Load;
import io.rewind.benchmarks.subject.Subject;
import io.rewind.cli.stand.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A stretch of time in a workload's life, captured or not.
 *
 * @param throughput operations a second: the load's own count, or the probe's
 * @param longestStall that the probe noticed; empty where there is none
 * @param cpuSeconds of the whole node: broker, agent with CRIU, encoder, store
 * @param points captured in it
 */
record Slice(
        OptionalDouble throughput,
        Optional<Duration> longestStall,
        double cpuSeconds,
        Duration length,
        List<PointLog.Seen> points) {

    static Slice uncaptured(Bench bench, Subject subject, Duration length) {
        return run(bench, subject, length);
    }

    /** Captured at {@code interval} all the time. */
    static Slice captured(Bench bench, Subject subject, Duration length, Duration interval) {
        bench.watch(subject.name(), interval);
        try {
            return run(bench, subject, length);
        } finally {
            bench.unwatch(subject.name());
            bench.settle(subject.name());
        }
    }

    private static Slice run(Bench bench, Subject subject, Duration length) {
        CpuTime before = bench.cpu();
        Instant from = Instant.now();
        OptionalDouble throughput = use(subject, length);
        Instant to = Instant.now();
        double cpu = bench.cpu().secondsSince(before);
        if (throughput.isEmpty() && subject.workload().probe().isPresent()) {
            double rate = subject.written(from, to);
            throughput = rate > 0 ? OptionalDouble.of(rate) : throughput;
        }
        return new Slice(
                throughput,
                subject.workload().probe().map(_ -> subject.longestStall(from, to)),
                cpu,
                Duration.between(from, to),
                bench.points().of(subject.name(), from).stream()
                        .filter(seen -> !seen.point().getHeader().getCaptured().isAfter(to))
                        .toList());
    }

    private static OptionalDouble use(Subject subject, Duration length) {
        Optional<Load> load = subject.workload().load();
        if (load.isPresent()) {
            return OptionalDouble.of(load.get().run(subject.address(), length));
        }
        Pause.of(length);
        return OptionalDouble.empty();
    }
}
