package io.rewind.encoder.point;

import static io.rewind.encoder.map.PointFault.require;

import io.rewind.encoder.content.BlockEncoder;
import io.rewind.encoder.content.DedupCaches;
import io.rewind.encoder.content.SealedChunk;
import io.rewind.encoder.map.PointFault;
import io.rewind.encoder.metrics.EncoderMetrics;
import io.rewind.encoder.mirror.Mirror;
import io.rewind.event.CaptureGap;
import io.rewind.event.ChunkRecord;
import io.rewind.event.OverlayChange;
import io.rewind.event.PageDelta;
import io.rewind.event.PointHeader;
import io.rewind.event.PointKind;
import io.rewind.event.PointOpened;
import io.rewind.event.PointSealed;
import io.rewind.event.ProcessImage;
import io.rewind.event.StreamKind;
import io.rewind.event.VolumeChange;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.kafka.PartitionHandler;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import io.rewind.schemas.wire.WireFault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Follows the points under way in one partition of {@code rewind.capture}. What it sends may depend on records sent
 * before; once one of those is lost it takes nothing more, and {@link #settle} throws so that a fresh one starts over
 * from the committed offset. For one thread.
 */
public final class PartitionEncoder implements PartitionHandler {
    private final Limits limits;
    private final DedupCaches caches;
    private final Mirror mirror;
    private final EventPublisher publisher;
    private final LongSupplier rebases;
    private final EncoderMetrics metrics;
    private final EncoderMetrics.PartitionGauges gauges;
    private final BlockEncoder blocks;
    private final Notices notices;
    private final FinishedPoints finished;
    /** By timeline, the one opened first at the front. */
    private final Map<String, OpenPoint> open = new LinkedHashMap<>();

    private final Recent<PointRef, Boolean> over = new Recent<>(4096);
    private OptionalLong next = OptionalLong.empty();
    private Optional<Fault> lost = Optional.empty();
    private long rebasesSeen;
    private long clock;

    private record PointRef(String timeline, String point) {}

    /**
     * @param mirror owned from now on
     * @param publisher used by this one alone: its failures must not show elsewhere
     * @param rebases how many rebases were asked for so far; whenever that changes caches and mirror are dropped
     */
    public PartitionEncoder(
            int partition,
            int level,
            Limits limits,
            DedupCaches caches,
            Mirror mirror,
            EventPublisher publisher,
            LongSupplier rebases,
            EncoderMetrics metrics) {
        this.limits = limits;
        this.caches = caches;
        this.mirror = mirror;
        this.publisher = publisher;
        this.rebases = rebases;
        this.rebasesSeen = rebases.getAsLong();
        this.metrics = metrics;
        this.gauges = metrics.partition(partition);
        this.blocks = new BlockEncoder(level, limits.layers(), caches, mirror, this::send, metrics);
        this.notices = new Notices(publisher, metrics);
        this.finished = new FinishedPoints(publisher, metrics);
    }

    @Override
    public OptionalLong startOffset() {
        return OptionalLong.empty();
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        if (lost.isPresent() || publisher.failing()) {
            return;
        }
        if (next.isPresent() && record.offset() > next.getAsLong()) {
            // Nothing but retention leaves holes in this topic.
            long gone = record.offset() - next.getAsLong();
            open.values().forEach(point -> point.missed(gone));
        }
        next = OptionalLong.of(record.offset() + 1);
        clock = Math.max(clock, record.timestamp());
        forgetWhenAsked();
        byte[] value = record.value();
        if (value == null) {
            throw new Fault(WireFault.FOREIGN_RECORD, Severity.REJECTED, "a record without a value");
        }
        switch (Wire.decode(value)) {
            case PointOpened r -> open(r, record);
            case PageDelta r ->
                piece(r.getTimeline(), r.getPoint(), record, point -> {
                    point.count(r.getSequence(), value);
                    point.pages(r, blocks, clock);
                });
            case OverlayChange r ->
                piece(r.getTimeline(), r.getPoint(), record, point -> {
                    point.count(r.getSequence(), value);
                    point.files(StreamKind.UPPER, "", r.getChanges(), r.getBlocks(), blocks, clock);
                });
            case VolumeChange r ->
                piece(r.getTimeline(), r.getPoint(), record, point -> {
                    point.count(r.getSequence(), value);
                    point.files(StreamKind.VOLUME, r.getVolume(), r.getChanges(), r.getBlocks(), blocks, clock);
                });
            case ProcessImage r ->
                piece(r.getTimeline(), r.getPoint(), record, point -> {
                    point.count(r.getSequence(), value);
                    point.image(r, blocks, clock);
                });
            case PointSealed r -> piece(r.getTimeline(), r.getPoint(), record, point -> finish(point, r));
            case CaptureGap r -> forward(r, record);
            case SpecificRecord r -> throw Wire.unexpected(r);
        }
    }

    private void open(PointOpened opened, ConsumerRecord<byte[], byte[]> record) {
        PointHeader header = opened.getHeader();
        PointRef ref = checked(header.getTimeline(), header.getPoint(), record);
        OpenPoint before = open.remove(ref.timeline());
        if (before != null) {
            over.put(new PointRef(ref.timeline(), before.header().getPoint()), true);
            notices.abandoned(
                    before.header(), header, PointFault.POINT_ABANDONED.because("the next point began before its end"));
        }
        try {
            require(
                    header.getParent().map(PointId::isValid).orElse(header.getKind() == PointKind.FULL),
                    "a delta point needs a parent with a valid id");
            FinishedPoints.checkFits(opened);
        } catch (Fault fault) {
            giveUp(header, fault);
            return;
        }
        if (open.size() >= limits.openPoints()) {
            OpenPoint eldest = open.values().iterator().next();
            drop(eldest, PointFault.POINT_OVERDUE.because("more than " + limits.openPoints() + " points under way"));
        }
        over.remove(ref);
        notices.seen(header);
        open.put(ref.timeline(), new OpenPoint(opened, record.offset(), record.timestamp(), limits.mapBytes()));
    }

    private void piece(String timeline, String id, ConsumerRecord<byte[], byte[]> record, Consumer<OpenPoint> work) {
        PointRef ref = checked(timeline, id, record);
        OpenPoint point = open.get(timeline);
        if (point == null || !point.header().getPoint().equals(id)) {
            stray(ref, record);
            return;
        }
        try {
            work.accept(point);
        } catch (Fault fault) {
            if (fault.severity() == Severity.RETRYABLE) {
                lost = Optional.of(fault);
                return;
            }
            if (fault.severity() == Severity.FATAL) {
                throw fault;
            }
            open.remove(timeline);
            giveUp(point.header(), fault);
        }
    }

    /**
     * A record of a point that is not under way. Before the timeline's first PointOpened here, that one lies before the
     * committed offset and the point is over; later on its PointOpened is missing.
     */
    private void stray(PointRef ref, ConsumerRecord<byte[], byte[]> record) {
        if (over.containsKey(ref) || !notices.knows(ref.timeline())) {
            metrics.skipped();
            return;
        }
        over.put(ref, true);
        notices.lost(
                ref.timeline(),
                ref.point(),
                Instant.ofEpochMilli(record.timestamp()),
                PointFault.POINT_NOT_OPENED.because("its records came without its beginning"));
    }

    private void finish(OpenPoint point, PointSealed sealed) {
        point.seal(sealed);
        blocks.finish(point.content(), clock);
        finished.send(point);
        open.remove(sealed.getTimeline());
        over.put(new PointRef(sealed.getTimeline(), sealed.getPoint()), true);
    }

    private void forward(CaptureGap gap, ConsumerRecord<byte[], byte[]> record) {
        if (!gap.getTimeline().isEmpty()) {
            checkKey(gap.getTimeline(), record);
        }
        publisher.sendEncoded(Topics.CHUNKS, gap.getTimeline(), record.value());
    }

    private void drop(OpenPoint point, Fault why) {
        open.remove(point.header().getTimeline());
        over.put(new PointRef(point.header().getTimeline(), point.header().getPoint()), true);
        notices.lost(point.header(), why);
    }

    /** Says so; throws on when the record belongs in the dead letters. */
    private void giveUp(PointHeader header, Fault fault) {
        over.put(new PointRef(header.getTimeline(), header.getPoint()), true);
        notices.lost(header, fault);
        if (PointFault.recordAtFault(fault)) {
            throw fault;
        }
    }

    private static PointRef checked(String timeline, String point, ConsumerRecord<byte[], byte[]> record) {
        checkKey(timeline, record);
        return new PointRef(timeline, new PointId(point).text());
    }

    /** A record under another key may be in another partition than the rest of its timeline. */
    private static void checkKey(String timeline, ConsumerRecord<byte[], byte[]> record) {
        byte[] key = new TimelineId(timeline).text().getBytes(StandardCharsets.UTF_8);
        require(Arrays.equals(key, record.key()), "the record's key is not its timeline");
    }

    private void send(String timeline, SealedChunk chunk) {
        publisher.send(
                Topics.CHUNKS,
                timeline,
                new ChunkRecord(
                        timeline,
                        ByteBuffer.wrap(chunk.id().toBytes()),
                        chunk.blocks(),
                        chunk.rawSize(),
                        chunk.body()));
        metrics.encodedBytes(chunk.body().remaining());
    }

    private void forgetWhenAsked() {
        long asked = rebases.getAsLong();
        if (asked != rebasesSeen) {
            rebasesSeen = asked;
            caches.clear();
            mirror.clear();
        }
    }

    @Override
    public OptionalLong settle() {
        lost.ifPresent(fault -> {
            throw fault;
        });
        expire();
        publisher.flush();
        gauges.cacheEntries().set(caches.size());
        OptionalLong oldest =
                open.values().stream().mapToLong(OpenPoint::offset).min();
        return oldest.isPresent() ? oldest : next;
    }

    private void expire() {
        for (Iterator<OpenPoint> points = open.values().iterator(); points.hasNext(); ) {
            OpenPoint point = points.next();
            if (clock - point.since() > limits.age().toMillis()) {
                points.remove();
                over.put(
                        new PointRef(
                                point.header().getTimeline(), point.header().getPoint()),
                        true);
                notices.lost(
                        point.header(),
                        PointFault.POINT_OVERDUE.because(
                                "not sealed within " + limits.age().toSeconds() + " s"));
            }
        }
    }

    @Override
    public void close() {
        blocks.close();
        gauges.close();
    }
}
