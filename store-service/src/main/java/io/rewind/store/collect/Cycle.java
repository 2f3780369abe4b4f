package io.rewind.store.collect;

import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.ChunkId;
import io.rewind.store.chunk.ChunkBodies;
import io.rewind.store.chunk.ChunkEntry;
import io.rewind.store.database.Commit;
import io.rewind.store.database.Family;
import io.rewind.store.database.SnapshotView;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.map.PointReferences;
import io.rewind.store.node.NodeId;
import io.rewind.store.node.Nodes;
import io.rewind.store.node.StoredNodes;
import io.rewind.store.timeline.Keys;
import io.rewind.store.timeline.PointEntry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Consumer;

/**
 * One collection: first {@link #mark}, then {@link #sweep}, on one thread. A crash at any instant leaves garbage to the
 * next one: nothing is remembered, what goes first is what others do not lie over, and the points it was done for are
 * marked as done last.
 */
public final class Cycle implements AutoCloseable {
    private static final byte[] ALL = {};
    /** Deletions of a batch. */
    private static final int STRETCH = 256;
    /** How long it is remembered that a point was there: longer than the chunks topic keeps its records. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    /** Has the thread that writes make one batch, and waits for it. */
    @FunctionalInterface
    public interface Writing {
        void batch(Consumer<Commit> effect);
    }

    private final SnapshotView view;
    private final ChunkBodies bodies;
    private final Marks marks;
    private final Tracer tracer;
    private final Duration grace;
    private final Duration held;
    private final Instant now;
    private final Pace pace;
    private long chunks;
    private long nodes;
    private long bytes;
    private long keptBodies;
    private long kept;

    Cycle(SnapshotView view, ChunkBodies bodies, Marks marks, CollectSettings settings, Duration held, Instant now) {
        this.view = view;
        this.bodies = bodies;
        this.marks = marks;
        this.tracer = new Tracer(marks, view);
        this.grace = settings.grace();
        this.held = held;
        this.now = now;
        this.pace = new Pace(settings.rate());
    }

    /** @throws Fault STORE_DAMAGED when a point's map cannot be read: what it refers to is not known */
    public void mark() {
        StoredNodes stored = new StoredNodes(view);
        Nodes nodes = id -> {
            byte[] content = stored.get(id);
            pace.took(content.length);
            return content;
        };
        view.scan(Family.POINTS, ALL, (key, value) -> {
            switch (PointEntry.decode(value)) {
                case PointEntry.Committed point -> committed(key, point, nodes);
                case PointEntry.Expired point when isHeld(point) -> expired(point, nodes);
                default -> {}
            }
            return true;
        });
        view.scan(Family.ARRIVALS, ALL, (key, _) -> {
            Arrival arrival = Arrival.read(key);
            if (isLate(arrival)) {
                tracer.chunk(arrival.chunk());
            }
            return true;
        });
    }

    private boolean isLate(Arrival arrival) {
        return arrival.at().plus(grace).isAfter(now);
    }

    private boolean isHeld(PointEntry.Expired point) {
        return point.roots().isPresent() && point.at().plus(held).isAfter(now);
    }

    private void committed(byte[] key, PointEntry.Committed point, Nodes nodes) {
        try {
            trace(nodes, point.map(), point.spec());
        } catch (Fault fault) {
            if (fault.code() != StoreFault.STORE_DAMAGED) {
                throw fault;
            }
            throw StoreFault.STORE_DAMAGED.rejected("nothing is collected while " + Keys.pointOf(key)
                    + " cannot be read (" + fault.sentence() + "); `rewind verify` says what else");
        }
    }

    private void expired(PointEntry.Expired point, Nodes nodes) {
        PointEntry.Roots roots = point.roots().orElseThrow();
        try {
            trace(nodes, roots.map(), roots.spec());
        } catch (Fault fault) {
            // Nobody can read it to its end anyway.
            if (fault.code() != StoreFault.STORE_DAMAGED) {
                throw fault;
            }
        }
    }

    private void trace(Nodes nodes, NodeId map, NodeId spec) {
        tracer.node(spec);
        PointReferences.of(nodes, map, tracer::node, tracer::chunk);
    }

    /** Lets go of all that was not marked when the cycle began, nor relied on since. */
    public Swept sweep(Writing writing) {
        Stretches<ChunkId> leaving =
                new Stretches<>(STRETCH, some -> writing.batch(b -> some.forEach(id -> drop(id, b))));
        patchesInOrder().forEach(leaving::add);
        leaving.end();
        view.scan(Family.CHUNKS, ALL, (key, value) -> {
            ChunkId id = ChunkId.read(ByteBuffer.wrap(key));
            ChunkEntry entry = ChunkEntry.decode(value);
            pace.took(key.length + (long) value.length);
            if (isMarked(id)) {
                keptBodies += entry.storedSize();
                kept += entry.diskBytes();
            } else if (!entry.holdsPatches()) {
                leaving.add(id);
            }
            return true;
        });
        leaving.end();
        sweepNodes(writing);
        forget(writing);
        return new Swept(chunks, nodes, bytes, keptBodies, kept);
    }

    private boolean isMarked(ChunkId id) {
        return marks.has(id.high(), id.low());
    }

    /** Chunks of patches that are not marked, those that others lie over after the others. */
    private SequencedSet<ChunkId> patchesInOrder() {
        SequencedSet<ChunkId> lowestFirst = new LinkedHashSet<>();
        view.scan(Family.CHUNKS, ALL, (key, value) -> {
            ChunkEntry entry = ChunkEntry.decode(value);
            pace.took(key.length + (long) value.length);
            if (entry.holdsPatches()) {
                ChunkId id = ChunkId.read(ByteBuffer.wrap(key));
                if (isMarked(id)) {
                    // The filter may only claim so: whatever stays, stays with all it lies over.
                    tracer.chunk(id);
                } else {
                    visit(id, lowestFirst);
                }
            }
            return true;
        });
        return lowestFirst.reversed();
    }

    private void visit(ChunkId id, SequencedSet<ChunkId> lowestFirst) {
        if (isMarked(id) || lowestFirst.contains(id)) {
            return;
        }
        Optional<ChunkEntry> entry = ChunkEntry.find(id, view).filter(ChunkEntry::holdsPatches);
        if (entry.isPresent()) {
            entry.get().sources().forEach(source -> visit(source, lowestFirst));
            lowestFirst.addLast(id);
        }
    }

    /** On the thread that writes, which may have marked it by now. */
    private void drop(ChunkId id, Commit batch) {
        Optional<ChunkEntry> entry = ChunkEntry.find(id, view);
        if (isMarked(id)) {
            entry.ifPresent(kept -> kept.sources().forEach(tracer::chunk));
        } else if (entry.isPresent()) {
            batch.delete(Family.CHUNKS, id.toBytes());
            bodies.delete(id, batch);
            chunks++;
            bytes += entry.get().diskBytes();
        }
    }

    private void sweepNodes(Writing writing) {
        Stretches<byte[]> leaving =
                new Stretches<>(STRETCH, some -> writing.batch(batch -> some.forEach(key -> dropNode(key, batch))));
        view.scan(Family.NODES, ALL, (key, value) -> {
            long size = key.length + (long) value.length;
            pace.took(size);
            if (isMarkedNode(key)) {
                kept += size;
            } else {
                bytes += size;
                leaving.add(key);
            }
            return true;
        });
        leaving.end();
    }

    private boolean isMarkedNode(byte[] key) {
        NodeId id = NodeId.read(ByteBuffer.wrap(key));
        return marks.has(id.high(), id.low());
    }

    private void dropNode(byte[] key, Commit batch) {
        if (!isMarkedNode(key)) {
            batch.delete(Family.NODES, key);
            nodes++;
        }
    }

    /** What only said what was to be collected. */
    private void forget(Writing writing) {
        Stretches<Consumer<Commit>> leaving =
                new Stretches<>(STRETCH, some -> writing.batch(batch -> some.forEach(effect -> effect.accept(batch))));
        view.scan(Family.ARRIVALS, ALL, (key, _) -> {
            boolean over = !isLate(Arrival.read(key));
            if (over) {
                leaving.add(batch -> batch.delete(Family.ARRIVALS, key));
            }
            return over;
        });
        view.scan(Family.POINTS, ALL, (key, value) -> {
            if (PointEntry.decode(value) instanceof PointEntry.Expired point && !isHeld(point)) {
                leaving.add(batch -> forget(key, point, batch));
            }
            return true;
        });
        leaving.end();
    }

    private void forget(byte[] key, PointEntry.Expired point, Commit batch) {
        if (point.at().plus(REMEMBERED).isBefore(now)) {
            batch.delete(Family.POINTS, key);
        } else if (point.roots().isPresent()) {
            batch.put(Family.POINTS, key, new PointEntry.Expired(point.at(), Optional.empty()).encode());
        }
    }

    @Override
    public void close() {
        view.close();
    }
}
