package io.rewind.restore.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The steps of one restore, from when to when in milliseconds since its beginning; some overlap. Thread-safe. */
public final class TimeLine {
    private final long begun;
    private final List<Step> steps = new ArrayList<>();

    private record Step(String name, long from, long until) {}

    /** Begins now. */
    public TimeLine() {
        this.begun = System.nanoTime();
    }

    /** Whatever becomes of the step, it is noted. */
    public <T> T of(String name, Supplier<T> step) {
        long from = now();
        try {
            return step.get();
        } finally {
            note(name, from, now());
        }
    }

    public void run(String name, Runnable step) {
        of(name, () -> {
            step.run();
            return name;
        });
    }

    private synchronized void note(String name, long from, long until) {
        steps.add(new Step(name, from, until));
    }

    private long now() {
        return Duration.ofNanos(System.nanoTime() - begun).toMillis();
    }

    /** Such as {@code map 3…45, present 2…810}: in the order of their beginnings. */
    @Override
    public synchronized String toString() {
        return steps.stream()
                .sorted(Comparator.comparingLong(Step::from))
                .map(step -> step.name + " " + step.from + "…" + step.until)
                .collect(Collectors.joining(", "));
    }
}
