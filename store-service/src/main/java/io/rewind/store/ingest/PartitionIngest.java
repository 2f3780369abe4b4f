package io.rewind.store.ingest;

import io.rewind.event.CaptureGap;
import io.rewind.event.ChunkRecord;
import io.rewind.event.PointMapPart;
import io.rewind.event.PointRecord;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.kafka.PartitionHandler;
import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.content.PatchBody;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.schemas.wire.Wire;
import io.rewind.schemas.wire.WireFault;
import io.rewind.store.announce.Outbox;
import io.rewind.store.chunk.ChunkBodies;
import io.rewind.store.chunk.ChunkEntry;
import io.rewind.store.chunk.Sources;
import io.rewind.store.collect.Collector;
import io.rewind.store.database.Commit;
import io.rewind.store.database.Database;
import io.rewind.store.map.PartCheck;
import io.rewind.store.metrics.StoreMetrics;
import io.rewind.store.timeline.Timelines;
import io.rewind.store.upkeep.Upkeep;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One partition of the chunks topic on its way into one database. Every record is one batch with its offset; {@link
 * #settle} syncs, and only then announces (I3).
 */
public final class PartitionIngest implements PartitionHandler {
    private final Database database;
    private final ChunkBodies bodies;
    private final Outbox outbox;
    private final StagedParts staged;
    private final Progress progress;
    private final Decisions decisions;
    private final Upkeep upkeep;
    private final Collector collector;
    private final Room room;
    private final StoreMetrics metrics;
    private final Runnable release;
    /** At first: a predecessor may have written without syncing. */
    private boolean unsynced = true;

    /**
     * @param pendingLimit bytes of map parts that may wait for their points
     * @param upkeep of the same partition
     * @param release lets go of the database when this is closed
     */
    public PartitionIngest(
            Database database,
            ChunkBodies bodies,
            Outbox outbox,
            long pendingLimit,
            Upkeep upkeep,
            Room room,
            StoreMetrics metrics,
            Runnable release) {
        this.database = database;
        this.bodies = bodies;
        this.outbox = outbox;
        this.upkeep = upkeep;
        this.collector = upkeep.collector();
        this.room = room;
        this.metrics = metrics;
        this.release = release;
        this.staged = new StagedParts(database, pendingLimit);
        this.progress = new Progress(database);
        this.decisions = new Decisions(database, staged, outbox, collector, metrics);
    }

    /** Without progress, from the beginning, whatever the group committed: who had it may have lost its disk. */
    @Override
    public OptionalLong startOffset() {
        return OptionalLong.of(progress.next().orElse(0));
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        long offset = record.offset();
        room.require();
        try {
            switch (decode(record)) {
                case ChunkRecord chunk -> take(chunk, offset);
                case PointMapPart part -> take(part, record.value(), offset);
                case PointRecord point -> take(point, offset);
                case CaptureGap gap -> write(offset, batch -> decisions.gap(gap, batch));
                case SpecificRecord other -> throw Wire.unexpected(other);
            }
        } catch (Fault fault) {
            if (fault.severity() == Severity.REJECTED) {
                // Whoever hears of the rejection makes it durable before the next settle.
                progress.pass(offset);
            }
            throw fault;
        }
    }

    private static SpecificRecord decode(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null) {
            throw new Fault(WireFault.FOREIGN_RECORD, Severity.REJECTED, "a record without a value");
        }
        return Wire.decode(value);
    }

    private void take(ChunkRecord chunk, long offset) {
        TimelineId timeline = new TimelineId(chunk.getTimeline());
        ChunkId id = ChunkId.read(chunk.getId());
        byte[] sealed = bytes(chunk.getBody());
        ChunkBody opened = ChunkBody.open(id, chunk.getBlocks(), chunk.getRawSize(), sealed);
        if (ChunkEntry.find(id, database).isPresent()) {
            write(offset, batch -> collector.arrived(id, batch));
            return;
        }
        if (opened instanceof PatchBody patches) {
            Sources.check(id, patches, database);
        }
        ChunkEntry entry = new ChunkEntry(opened.blocks(), opened.bytes().length, sealed.length, opened.sources());
        write(offset, batch -> {
            bodies.put(id, sealed, batch);
            entry.put(id, batch);
            entry.sources().forEach(collector::relied);
            collector.arrived(id, batch);
            staged.tally(timeline, entry.diskBytes(), batch);
        });
        metrics.chunk(entry.diskBytes());
    }

    private void take(PointMapPart part, byte[] record, long offset) {
        TimelineId timeline = new TimelineId(part.getTimeline());
        PointId point = new PointId(part.getPoint());
        PartCheck.check(part);
        if (new Timelines(database).entry(timeline, point).isPresent()) {
            progress.pass(offset);
            return;
        }
        write(offset, batch -> staged.put(timeline, point, part, record, batch));
    }

    private void take(PointRecord record, long offset) {
        TimelineId timeline = new TimelineId(record.getHeader().getTimeline());
        PointId point = new PointId(record.getHeader().getPoint());
        if (new Timelines(database).entry(timeline, point).isPresent()) {
            progress.pass(offset);
            return;
        }
        Consumer<Commit> decision = decisions.decide(record, timeline, point);
        write(offset, decision);
    }

    private void write(long offset, Consumer<Commit> effect) {
        try (Commit batch = database.begin()) {
            effect.accept(batch);
            progress.take(offset, batch);
            batch.write();
        } catch (Fault fault) {
            staged.recount();
            throw fault;
        }
        progress.written(offset);
        unsynced = true;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @Override
    public OptionalLong settle() {
        boolean kept = upkeep.write();
        boolean passed = progress.catchUp();
        if (unsynced || passed || kept) {
            database.sync();
            unsynced = false;
        }
        outbox.announce();
        return progress.next();
    }

    @Override
    public void close() {
        release.run();
    }
}
