package io.rewind.benchmarks.workloads;

import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.subject.Subject;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One restore in place.
 *
 * @param running from the request to the message that it runs
 * @param without of it, without a running process
 * @param whole from the request until all of its memory is there
 * @param answering from the request to the first answer from outside; empty where nobody serves
 */
record Return(Duration running, Duration without, Duration whole, Optional<Duration> answering) {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    static Return of(Bench bench, Subject subject, String point) {
        long began = System.nanoTime();
        AtomicReference<Optional<Duration>> answering = new AtomicReference<>(Optional.empty());
        RestoreProgress done = bench.restoreWhole(subject.name(), point, news -> {
            if (news.getState() == RestoreState.RUNNING && answering.get().isEmpty()) {
                answering.set(subject.workload().answer().map(answer -> {
                    answer.await(subject.address(), LIMIT);
                    return Duration.ofNanos(System.nanoTime() - began);
                }));
            }
        });
        return new Return(
                Duration.ofMillis(done.getRequestMillis()),
                Duration.ofMillis(done.getRunningMillis()),
                Bench.untilWhole(done),
                answering.get());
    }
}
