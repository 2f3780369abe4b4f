package io.rewind.benchmarks.peers;

import io.rewind.benchmarks.stand.Bench;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointHeader;
import io.rewind.event.PointKind;
import java.util.List;
import java.util.Locale;
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

    /** Whether its points after the first were deltas, and how large: others have dumped in between. */
    String account() {
        List<PointHeader> later = points.entrySet().stream()
                .filter(entry -> entry.getKey() > 1)
                .map(entry -> entry.getValue().getHeader())
                .toList();
        long full = later.stream().filter(p -> p.getKind() == PointKind.FULL).count();
        long changed = later.stream().mapToLong(PointHeader::getChangedPages).sum();
        long pages = later.stream().mapToLong(PointHeader::getPages).sum();
        return String.format(
                Locale.ROOT,
                "Of Rewind's %d points after the first %d were full ones; they were sent %,d of %,d pages.",
                later.size(),
                full,
                changed,
                pages);
    }
}
