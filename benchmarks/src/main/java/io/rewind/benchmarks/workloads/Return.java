package io.rewind.benchmarks.workloads;

import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.subject.Subject;
import io.rewind.event.RestoreProgress;
import java.time.Duration;
import java.util.Optional;

/**
 * One restore in place.
 *
 * @param running from the request to the message that it runs, with all of its memory: restores are not lazy
 * @param without of it, without a running process
 * @param answering from the request to the first answer from outside; empty where nobody serves
 */
record Return(Duration running, Duration without, Optional<Duration> answering) {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    static Return of(Bench bench, Subject subject, String point) {
        long began = System.nanoTime();
        RestoreProgress done = bench.restore(subject.name(), point);
        Optional<Duration> answering = subject.workload().answer().map(answer -> {
            answer.await(subject.address(), LIMIT);
            return Duration.ofNanos(System.nanoTime() - began);
        });
        return new Return(
                Duration.ofMillis(done.getRequestMillis()), Duration.ofMillis(done.getRunningMillis()), answering);
    }
}
