package io.rewind.store.collect;

import io.rewind.schemas.id.ChunkId;
import io.rewind.store.chunk.ChunkBodies;
import io.rewind.store.database.Commit;
import io.rewind.store.database.Database;
import io.rewind.store.database.Family;
import io.rewind.store.node.NodeId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Where taking records and collecting garbage meet: whoever makes something refer to what is stored already tells it
 * here, before the batch is written. All calls come from the thread that writes.
 */
public final class Collector {
    private final Database database;
    private final ChunkBodies bodies;
    private final CollectSettings settings;
    private final InstantSource clock;
    private final SecureRandom seeds = new SecureRandom();
    /** While a cycle is under way: marks what is relied on. */
    private Optional<Tracer> barrier = Optional.empty();

    public Collector(Database database, ChunkBodies bodies, CollectSettings settings, InstantSource clock) {
        this.database = database;
        this.bodies = bodies;
        this.settings = settings;
        this.clock = clock;
    }

    /** The chunk came, for the first time or again: it waits for its point, and so long stays with all it lies over. */
    public void arrived(ChunkId id, Commit batch) {
        batch.put(Family.ARRIVALS, Arrival.key(clock.instant(), id), new byte[0]);
        relied(id);
    }

    public void relied(ChunkId id) {
        barrier.ifPresent(tracer -> tracer.chunk(id));
    }

    public void relied(NodeId id) {
        barrier.ifPresent(tracer -> tracer.node(id));
    }

    /**
     * Begins a cycle, between two records, and after the last one has ended.
     *
     * @param held how long the content of an expired point stays
     */
    public Cycle begin(Duration held) {
        Marks marks = new Marks(settings.memory(), seeds.nextLong());
        Cycle cycle = new Cycle(database.snapshot(), bodies, marks, settings, held, clock.instant());
        barrier = Optional.of(new Tracer(marks, database));
        return cycle;
    }

    /** Nothing of the cycle is written any more. */
    public void end() {
        barrier = Optional.empty();
    }
}
