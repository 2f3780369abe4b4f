package io.rewind.benchmarks.scale;

import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.stand.CpuTime;
import io.rewind.benchmarks.stand.PointLog;
import io.rewind.benchmarks.subject.Subject;
import io.rewind.benchmarks.subject.Workloads;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.stand.Pause;
import io.rewind.event.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Several small containers, watched for a while. */
final class Fleet {
    /** For the first points, which are full ones; a fleet that the node cannot follow never has them all. */
    private static final Duration BEGIN = Duration.ofSeconds(20);

    private static final Duration BEGIN_EACH = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(200);
    /** How long a point of the stretch may take to become durable. */
    private static final Duration DELAY = Duration.ofSeconds(5);

    private final Bench bench;
    private final List<String> names;

    private Fleet(Bench bench, List<String> names) {
        this.bench = bench;
        this.names = names;
    }

    static Fleet start(Bench bench, int size, Terminal terminal) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            terminal.progress("container " + (i + 1) + " of " + size);
            names.add(Subject.start(Workloads.small(), bench.cleanup()).name());
        }
        return new Fleet(bench, names);
    }

    /** @param length a multiple of {@code interval} */
    Stretch watch(Duration interval, Duration length) {
        Instant began = Instant.now();
        names.forEach(name -> bench.watch(name, interval));
        awaitFirst(began);
        Instant from = Instant.now();
        CpuTime cpu = bench.cpu();
        Pause.of(length);
        double seconds = bench.cpu().secondsSince(cpu);
        Instant to = Instant.now();
        names.forEach(bench::unwatch);
        Pause.of(DELAY);
        List<PointLog.Seen> points = new ArrayList<>();
        List<Gap> gaps = new ArrayList<>();
        for (String name : names) {
            points.addAll(bench.points().of(name, from).stream()
                    .filter(seen -> !seen.point().getHeader().getCaptured().isAfter(to))
                    .toList());
            gaps.addAll(bench.points().gaps(name, from));
        }
        Duration lasted = Duration.between(from, to);
        return new Stretch(lasted, names.size() * length.dividedBy(interval), points, gaps, seconds);
    }

    private void awaitFirst(Instant began) {
        Instant limit = began.plus(BEGIN).plus(BEGIN_EACH.multipliedBy(names.size()));
        while (names.stream().anyMatch(name -> bench.points().of(name, began).isEmpty())
                && Instant.now().isBefore(limit)) {
            Pause.of(LOOK);
        }
    }
}
