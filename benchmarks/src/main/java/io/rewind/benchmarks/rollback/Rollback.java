package io.rewind.benchmarks.rollback;

import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.stand.BenchFault;
import io.rewind.benchmarks.subject.RedisClient;
import io.rewind.benchmarks.subject.Subject;
import io.rewind.benchmarks.subject.Workloads;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.stand.Pause;
import io.rewind.event.RestoreProgress;
import io.rewind.runtime.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * A redis with many keys, of which {@value #SETS} are written each second, captured every second: somebody empties it, and it is put
 * back to the last point before.
 *
 * @param before how long it goes well
 * @param noticed how long after it was emptied it is asked to go back
 * @param after how long it is watched from then on
 */
public record Rollback(Duration before, Duration noticed, Duration after) {
    static final int SETS = 2_000;
    static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration GLANCE = Duration.ofMillis(100);

    Story run(Terminal terminal) {
        try (Bench bench = Bench.open(terminal, "")) {
            Subject subject = Subject.start(Workloads.redisServer().unprobed(), bench.cleanup());
            RedisClient.fill(subject.address(), new SplittableRandom(1));
            bench.capture(subject.name());
            bench.watch(subject.name(), INTERVAL);
            Instant begun = Instant.now();
            List<Story.Count> keys = new ArrayList<>();
            terminal.progress("it goes well");
            use(subject, keys, begun.plus(before), Optional.empty());
            Instant emptied = Instant.now();
            RedisClient.flush(subject.address());
            terminal.progress("somebody has emptied it");
            use(subject, keys, emptied.plus(noticed), Optional.empty());
            String point = bench.points().of(subject.name(), begun).stream()
                    .map(seen -> seen.point().getHeader())
                    .filter(header -> header.getCaptured().isBefore(emptied))
                    .toList()
                    .getLast()
                    .getPoint();
            Instant asked = Instant.now();
            terminal.progress("it goes back");
            CompletableFuture<RestoreProgress> back =
                    CompletableFuture.supplyAsync(() -> bench.restoreWhole(subject.name(), point, news -> {}));
            use(subject, keys, asked.plus(after), Optional.of(back));
            bench.unwatch(subject.name());
            bench.settle(subject.name());
            return new Story(begun, keys, bench.points().of(subject.name(), begun), emptied, asked, back.join());
        }
    }

    /** Counts and writes until then, and until that is over. */
    private static void use(
            Subject subject, List<Story.Count> keys, Instant end, Optional<CompletableFuture<RestoreProgress>> until) {
        Instant write = Instant.now();
        SplittableRandom random = new SplittableRandom(keys.size());
        while (Instant.now().isBefore(end)
                || until.filter(back -> !back.isDone()).isPresent()) {
            try {
                // Where it is after a restore the engine says.
                String address = subject.address();
                keys.add(new Story.Count(Instant.now(), RedisClient.keys(address)));
                if (!Instant.now().isBefore(write)) {
                    RedisClient.write(address, SETS, random);
                    write = write.plus(INTERVAL);
                }
            } catch (Fault e) {
                // Gone for a moment, which the picture shows.
                if (e.code() != BenchFault.SUBJECT_SILENT) {
                    throw e;
                }
            }
            Pause.of(GLANCE);
        }
    }
}
