package io.rewind.benchmarks.peers;

import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.subject.RedisClient;
import io.rewind.benchmarks.subject.Workloads;
import io.rewind.cli.output.Terminal;
import io.rewind.runtime.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A redis that is written to between points: what points take, and how long they do.
 *
 * @param points how many
 * @param returns how often each contender brings a point back
 */
record RedisTrial(int points, int returns) implements Returns.Proof {
    static final int SETS = 2_000;
    private static final Duration READY = Duration.ofMinutes(2);
    private static final long SEED = 20;

    Trial run(Terminal terminal) {
        List<String> notes = new ArrayList<>();
        try (Bench bench = Bench.open(terminal, "")) {
            Field field = Field.open(bench, Workloads.redisServer(), true);
            field.guests().forEach(guest -> RedisClient.fill(guest.address(), new SplittableRandom(SEED)));
            for (int point = 1; point <= points; point++) {
                change(field, point, notes);
                for (Track track : field.rounds().order(point)) {
                    terminal.progress("redis, point " + point + ": " + track.name(), point * 100 / points);
                    field.rounds().take(track, point);
                }
            }
            field.keepStalls();
            Trial trial = field.result(notes);
            terminal.progress("redis: bringing points back");
            new Returns(field.rounds(), this, notes).run(returns);
            return trial;
        }
    }

    /** The same for every guest. */
    private void change(Field field, int point, List<String> notes) {
        for (Guest guest : field.guests()) {
            try {
                write(guest, point);
            } catch (Fault silent) {
                notes.add("at point " + point + " a container did not answer (" + silent.getMessage()
                        + ") and was started anew from its command");
                revive(guest);
                write(guest, point);
            }
        }
    }

    private static void write(Guest guest, int point) {
        String address = guest.address();
        RedisClient.write(address, SETS, new SplittableRandom(SEED + point));
        RedisClient.mark(address, point);
    }

    @Override
    public void spoil(Guest guest) {
        RedisClient.mark(guest.address(), 0);
    }

    @Override
    public void awaitService(Guest guest, Instant request) {
        guest.workload().answer().orElseThrow().await(guest.address(), READY);
    }

    @Override
    public String wrongAt(Guest guest, int point, Instant request) {
        String marked = RedisClient.marked(guest.address());
        return marked.equals(Integer.toString(point)) ? "" : "it answers, but as of point " + marked;
    }

    @Override
    public void revive(Guest guest) {
        guest.revive();
        awaitService(guest, Instant.now());
        RedisClient.fill(guest.address(), new SplittableRandom(SEED));
    }
}
