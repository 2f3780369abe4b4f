package io.rewind.benchmarks.scale;

import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.stand.CpuTime;
import io.rewind.benchmarks.stand.PointLog;
import io.rewind.benchmarks.subject.Subject;
import io.rewind.cli.stand.Pause;
import io.rewind.event.PointCommitted;
import io.rewind.runtime.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Points of one container, asked for at a steady pace. */
final class Shots {
    private static final int ATTEMPTS = 3;
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final Duration NEWS = Duration.ofSeconds(10);

    private final Bench bench;
    private final Subject subject;
    private final Figures figures;

    /** @param figures where a capture that fails is remarked on */
    Shots(Bench bench, Subject subject, Figures figures) {
        this.bench = bench;
        this.subject = subject;
        this.figures = figures;
    }

    /**
     * @param taken those that came about
     * @param cpu of the node for one of them, less what it takes while nothing is captured
     */
    record Series(List<Shot> taken, Duration cpu) {}

    /** The first point, which is full; tried again where it fails. @throws Fault CAPTURE_MISSED, … of the last time */
    Shot full() {
        for (int attempt = 1; true; attempt++) {
            try {
                return next();
            } catch (Fault e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                figures.remark("the full point failed at first: " + e.sentence());
            }
        }
    }

    /** The first delta, which brings what the full point's own capture changed. */
    void uncounted(Runnable before) {
        before.run();
        try {
            next();
        } catch (Fault e) {
            figures.remark("the first delta failed: " + e.sentence());
        }
    }

    /** Returns once it is durable. @throws Fault CAPTURE_MISSED, … */
    Shot next() {
        Instant asked = Instant.now();
        PointCommitted point = bench.capture(subject.name());
        Instant captured = point.getHeader().getCaptured();
        PointLog.Seen seen =
                bench.points().await(subject.name(), captured, 1, NEWS).getFirst();
        return new Shot(asked, seen);
    }

    /**
     * @param before each of them
     * @throws Fault the last one's, where none came about
     */
    Series series(int count, Runnable before) {
        double idle = idleShare();
        List<Shot> taken = new ArrayList<>();
        List<Fault> missed = new ArrayList<>();
        CpuTime cpu = bench.cpu();
        long began = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long wait = began + PACE.multipliedBy(i + 1L).toNanos() - System.nanoTime();
            before.run();
            Pause.of(Duration.ofNanos(Math.max(0, wait)));
            try {
                taken.add(next());
            } catch (Fault e) {
                missed.add(e);
            }
        }
        double seconds = bench.cpu().secondsSince(cpu) - idle * (System.nanoTime() - began) / 1e9;
        if (taken.isEmpty()) {
            throw missed.getLast();
        }
        missed.forEach(e -> figures.remark(missed.size() + " of " + count + " captures failed: " + e.sentence()));
        return new Series(taken, Duration.ofNanos((long) (Math.max(0, seconds) / taken.size() * 1e9)));
    }

    /** Of one processor, while nothing is captured. */
    private double idleShare() {
        CpuTime before = bench.cpu();
        long began = System.nanoTime();
        Pause.of(IDLE);
        return bench.cpu().secondsSince(before) * 1e9 / (System.nanoTime() - began);
    }
}
