package io.rewind.benchmarks.peers;

import io.rewind.benchmarks.stand.Bench;
import io.rewind.event.PointCommitted;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Rewind: a point is taken when it is durable, and every one can be had back. */
final class RewindPoints implements Contender {
    private final Bench bench;
    private final EngineGuest guest;
    private final Map<Integer, PointCommitted> points = new TreeMap<>();

    RewindPoints(Bench bench, EngineGuest guest) {
        this.bench = bench;
        this.guest = guest;
    }

    @Override
    public String name() {
        return "Rewind";
    }

    @Override
    public Guest guest() {
        return guest;
    }

    @Override
    public void take(int point) {
        points.put(point, bench.capture(guest.subject().name()));
    }

    @Override
    public long bytes() {
        return points.values().stream()
                .mapToLong(PointCommitted::getStoredBytes)
                .sum();
    }

    @Override
    public Set<Integer> restorable() {
        return points.keySet();
    }

    @Override
    public void restore(int point) {
        bench.restore(
                guest.subject().name(),
                Objects.requireNonNull(points.get(point)).getHeader().getPoint());
    }
}
