package io.rewind.store.verify;

import io.rewind.event.PointMapPart;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.schemas.wire.Wire;
import io.rewind.store.chunk.ChunkBodies;
import io.rewind.store.chunk.ChunkEntry;
import io.rewind.store.database.Family;
import io.rewind.store.database.SnapshotView;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.map.PartCheck;
import io.rewind.store.map.PointReferences;
import io.rewind.store.node.StoredNodes;
import io.rewind.store.timeline.Keys;
import io.rewind.store.timeline.PointEntry;
import io.rewind.store.timeline.Timelines;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads all that the points of some partitions need and proves it: first every chunk against its id, each once, then
 * every point's map, and in it that all its blocks lie in chunks that were found good.
 */
public final class Verification {
    private static final byte[] ALL = {};
    /** Chunks between two reports. */
    private static final int REPORT = 32;
    /** Damaged places that are named of a point. */
    private static final int PLACES = 100;

    private final ChunkBodies bodies;
    private final Optional<TimelineId> only;
    private final Findings findings;
    private long points;
    private long pointsInAll;
    private long chunks;
    private long chunksInAll;
    private long bytes;

    /** @param only empty: all timelines, and what waits for its point */
    public Verification(ChunkBodies bodies, Optional<TimelineId> only, Findings findings) {
        this.bodies = bodies;
        this.only = only;
        this.findings = findings;
    }

    /** Proves what is in the view of a partition. @throws Fault STORE_CLOSING */
    public void prove(SnapshotView view) {
        Predicate<ChunkId> wanted = wanted(view);
        readable("the list of timelines", () -> timelines(view).forEach(timeline -> count(timeline, view)));
        readable(
                "the index of chunks",
                () -> view.scan(Family.CHUNKS, ALL, (key, _) -> {
                    chunksInAll += wanted.test(ChunkId.read(ByteBuffer.wrap(key))) ? 1 : 0;
                    return true;
                }));
        BadChunks bad = new BadChunks(view);
        readable(
                "the index of chunks",
                () -> view.scan(Family.CHUNKS, ALL, (key, value) -> {
                    ChunkId id = ChunkId.read(ByteBuffer.wrap(key));
                    if (wanted.test(id)) {
                        chunk(id, ChunkEntry.decode(value), view, bad);
                    }
                    return true;
                }));
        readable("the index of chunks", bad::spread);
        readable("the list of timelines", () -> timelines(view).forEach(timeline -> points(timeline, view, bad)));
        if (only.isEmpty()) {
            parts(view);
        }
        report();
    }

    private List<TimelineId> timelines(SnapshotView view) {
        return only.map(List::of)
                .orElseGet(() -> new Timelines(view)
                        .named("").stream()
                                .map(info -> new TimelineId(info.getTimeline()))
                                .toList());
    }

    /** Which chunks to read: of one timeline those that it refers to. */
    private Predicate<ChunkId> wanted(SnapshotView view) {
        if (only.isEmpty()) {
            return _ -> true;
        }
        Needed needed = new Needed(view);
        StoredNodes nodes = new StoredNodes(view);
        readable(
                "the list of points",
                () -> eachPoint(only.get(), view, (_, point) -> {
                    try {
                        PointReferences.of(nodes, point.map(), _ -> {}, needed::add);
                    } catch (Fault fault) {
                        // Told later, when the point's turn comes.
                        passDamage(fault);
                    }
                }));
        return needed::has;
    }

    private interface PointVisitor {
        void visit(byte[] key, PointEntry.Committed point);
    }

    private static void eachPoint(TimelineId timeline, SnapshotView view, PointVisitor visitor) {
        view.scan(Family.POINTS, Keys.points(timeline), (key, value) -> {
            if (PointEntry.decode(value) instanceof PointEntry.Committed point) {
                visitor.visit(key, point);
            }
            return true;
        });
    }

    private void count(TimelineId timeline, SnapshotView view) {
        eachPoint(timeline, view, (_, _) -> pointsInAll++);
    }

    private void chunk(ChunkId id, ChunkEntry entry, SnapshotView view, BadChunks bad) {
        bad.check(id, entry, () -> bodies.get(id, view));
        chunks++;
        bytes += entry.storedSize();
        if (chunks % REPORT == 0) {
            report();
        }
    }

    private void points(TimelineId timeline, SnapshotView view, BadChunks bad) {
        StoredNodes nodes = new StoredNodes(view);
        // By their keys, too, as readers will.
        var _ = new Timelines(view).info(timeline);
        eachPoint(timeline, view, (_, point) -> {
            String id = point.committed().getHeader().getPoint();
            int[] named = {0};
            try {
                var _ = new Timelines(view).committed(timeline, new PointId(id));
                nodes.get(point.spec());
                Places.find(nodes, point.map(), bad::isBad, (place, chunk) -> {
                    if (named[0]++ < PLACES) {
                        findings.damage(timeline.text(), id, place, bad.reason(chunk));
                    }
                });
            } catch (Fault fault) {
                passDamage(fault);
                findings.damage(timeline.text(), id, "its map", fault.sentence());
            }
            if (named[0] > PLACES) {
                findings.damage(timeline.text(), id, (named[0] - PLACES) + " more places", "likewise");
            }
            points++;
            report();
        });
    }

    /** Parts that wait for their point. */
    private void parts(SnapshotView view) {
        readable(
                "what waits for its point",
                () -> view.scan(Family.STAGED, ALL, (key, value) -> {
                    if (Keys.isPart(key)) {
                        readable(
                                "a part that waits for its point",
                                () -> PartCheck.check(Wire.decode(value, PointMapPart.class)));
                    }
                    return true;
                }));
    }

    /** Says so when the work meets damage that is not to be told to a point. */
    private void readable(String what, Runnable work) {
        try {
            work.run();
        } catch (Fault fault) {
            passDamage(fault);
            findings.damage("", "", what, fault.sentence());
        }
    }

    private static void passDamage(Fault fault) {
        if (fault.code() == StoreFault.STORE_CLOSING) {
            throw fault;
        }
    }

    private void report() {
        findings.progress(points, pointsInAll, chunks, chunksInAll, bytes);
    }
}
