package io.rewind.store.ingest;

import io.rewind.event.CaptureGap;
import io.rewind.event.Gap;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointHeader;
import io.rewind.event.PointRecord;
import io.rewind.event.Rebase;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.schemas.log.LogSubject;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import io.rewind.store.announce.Announcement;
import io.rewind.store.announce.Outbox;
import io.rewind.store.collect.Collector;
import io.rewind.store.database.Commit;
import io.rewind.store.database.Database;
import io.rewind.store.database.Family;
import io.rewind.store.metrics.StoreMetrics;
import io.rewind.store.node.NewNodes;
import io.rewind.store.node.NodeId;
import io.rewind.store.timeline.Keys;
import io.rewind.store.timeline.PointEntry;
import io.rewind.store.timeline.Timelines;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits a point or rejects it; either way once and for all, said on the points topic. */
final class Decisions {
    private static final Logger log = LoggerFactory.getLogger(Decisions.class);

    private final Database database;
    private final StagedParts staged;
    private final Outbox outbox;
    private final Collector collector;
    private final StoreMetrics metrics;

    Decisions(Database database, StagedParts staged, Outbox outbox, Collector collector, StoreMetrics metrics) {
        this.database = database;
        this.staged = staged;
        this.outbox = outbox;
        this.collector = collector;
        this.metrics = metrics;
    }

    /** The effect of a point's record. */
    Consumer<Commit> decide(PointRecord record, TimelineId timeline, PointId point) {
        NewNodes nodes = new NewNodes(database, collector::relied);
        try {
            NodeId map = new PointAssembly(database, staged, nodes, collector).assemble(record);
            NodeId spec = nodes.put(bytes(record.getSpec()));
            return batch -> commit(record.getHeader(), timeline, point, nodes, map, spec, batch);
        } catch (Fault fault) {
            if (fault.severity() != Severity.REJECTED) {
                throw fault;
            }
            return batch -> reject(record.getHeader(), timeline, point, fault, batch);
        }
    }

    private void commit(
            PointHeader header,
            TimelineId timeline,
            PointId point,
            NewNodes nodes,
            NodeId map,
            NodeId spec,
            Commit batch) {
        byte[] key = Keys.point(timeline, point);
        long entryBytes =
                (long) key.length + PointEntry.COMMITTED_HEAD + Wire.encode(new PointCommitted(header, 0L)).length;
        long storedBytes = staged.tally(timeline) + nodes.writtenBytes() + entryBytes;
        PointCommitted committed = new PointCommitted(header, storedBytes);
        nodes.drainTo(batch);
        batch.put(Family.POINTS, key, new PointEntry.Committed(map, spec, committed).encode());
        new Timelines(database).add(header, batch);
        finish(timeline, point, batch);
        outbox.add(Announcement.of(Topics.POINTS, timeline.text(), Wire.encode(committed)), batch);
        metrics.committed(header.getCaptured(), Instant.now(), storedBytes);
        try (LogSubject _ = LogSubject.point(timeline.text(), point.text())) {
            log.debug("timeline {}: point {} committed, {} bytes", timeline, point, storedBytes);
        }
    }

    private void reject(PointHeader header, TimelineId timeline, PointId point, Fault why, Commit batch) {
        try (LogSubject _ = LogSubject.point(timeline.text(), point.text())) {
            log.warn("timeline {}: point {} rejected: {}", timeline, point, why.sentence());
        }
        Gap gap = Gap.newBuilder()
                .setTimeline(timeline.text())
                .setContainer(header.getContainer())
                .setName(header.getName())
                .setDue(header.getCaptured())
                .setTrigger(header.getTrigger())
                .setPoint(point.text())
                .setCode(why.code().name())
                .setMessage(why.sentence())
                .build();
        batch.put(Family.POINTS, Keys.point(timeline, point), new PointEntry.Rejected(gap).encode());
        finish(timeline, point, batch);
        outbox.add(Announcement.of(Topics.POINTS, timeline.text(), Wire.encode(gap)), batch);
        Rebase rebase = new Rebase(timeline.text(), why.sentence(), Instant.now());
        outbox.add(Announcement.of(Topics.CONTROL, "rebase/" + timeline, Wire.encode(rebase)), batch);
        metrics.rejected(why.code().name());
    }

    private void finish(TimelineId timeline, PointId point, Commit batch) {
        staged.dropUpTo(timeline, point, batch);
        staged.clearTally(timeline, batch);
    }

    /** A capture that did not happen: passed on, the same one only once. */
    void gap(CaptureGap gap, Commit batch) {
        TimelineId timeline = new TimelineId(gap.getTimeline());
        byte[] announced = Wire.encode(Gap.newBuilder()
                .setTimeline(timeline.text())
                .setContainer(gap.getContainer())
                .setName(gap.getName())
                .setDue(gap.getDue())
                .setTrigger(gap.getTrigger())
                .setPoint(gap.getPoint())
                .setCode(gap.getCode())
                .setMessage(gap.getMessage())
                .build());
        byte[] prefix = Keys.points(timeline);
        byte[] key = ByteBuffer.allocate(prefix.length + Long.BYTES + NodeId.BYTES)
                .put(prefix)
                .putLong(gap.getDue().toEpochMilli())
                .put(NodeId.of(announced).toBytes())
                .array();
        if (!database.has(Family.GAPS, key)) {
            batch.put(Family.GAPS, key, announced);
            outbox.add(Announcement.of(Topics.POINTS, timeline.text(), announced), batch);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
