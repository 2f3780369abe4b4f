package io.rewind.schemas.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.rewind.event.PointCommitted;
import io.rewind.event.StreamChange;
import io.rewind.read.Chunk;
import io.rewind.read.ChunksQuery;
import io.rewind.read.MemoryQuery;
import io.rewind.read.PatchesQuery;
import io.rewind.read.Point;
import io.rewind.read.PointDescription;
import io.rewind.read.PointPart;
import io.rewind.read.PointQuery;
import io.rewind.read.PointsQuery;
import io.rewind.read.TimelineQuery;
import io.rewind.read.TimelinesGrpc;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.process.PageRanges;
import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.content.ChunkOpener;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Gatherers;

/**
 * Reads from the stores that share a cluster: each timeline is in one of them. Usable by several threads; callbacks
 * run on the caller's. Faults carry a {@link ClientFault}, or CHUNK_DAMAGED.
 */
public final class TimelineClient implements AutoCloseable {
    private static final Duration LIST_LIMIT = Duration.ofSeconds(30);
    private static final Duration STREAM_LIMIT = Duration.ofMinutes(30);
    private static final Duration BATCH_LIMIT = Duration.ofMinutes(2);
    /** Chunks of one call: at most so many MiB come before the next deadline starts. */
    private static final int BATCH = 64;
    /** Chunks that one call names when it asks for none of their content. */
    private static final int NAMES = 4096;

    private static final BitSet ALL = new BitSet();

    private final Stores stores;

    /** Of stores on loopback, in the clear. */
    public TimelineClient(List<String> endpoints) {
        this(endpoints, StoreAccess.CLEAR);
    }

    /** @param endpoints {@code host:port} each; see {@link StoreDirectory} */
    public TimelineClient(List<String> endpoints, StoreAccess access) {
        this.stores = Stores.at(endpoints, access, TimelinesGrpc.TimelinesBlockingStub.class);
    }

    /** Whose id, container id (or its beginning) or container name this is; all of them for "". */
    public List<TimelineInfo> timelines(String container) {
        List<TimelineInfo> found = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        TimelineQuery query = TimelineQuery.newBuilder().setContainer(container).build();
        for (StoreEndpoint store : stores.each()) {
            try {
                Optional<String> _ = store.each(
                        TimelinesGrpc.getListTimelinesMethod(), query, LIST_LIMIT, info -> found.add(infoOf(info)));
            } catch (Fault fault) {
                faults.add(fault);
            }
        }
        if (found.isEmpty() && !faults.isEmpty()) {
            throw faults.getFirst();
        }
        return found;
    }

    private static TimelineInfo infoOf(io.rewind.read.TimelineInfo info) {
        return new TimelineInfo(
                info.getTimeline(),
                info.getContainer(),
                info.getName(),
                info.getHost(),
                info.getNewestPoint(),
                Instant.EPOCH.plus(info.getNewestCapturedMicros(), ChronoUnit.MICROS),
                info.getPoints());
    }

    /** All points of a timeline, oldest first. @throws Fault TIMELINE_UNKNOWN */
    public List<PointCommitted> points(String timeline) {
        List<PointCommitted> points = new ArrayList<>();
        eachPoint(timeline, point -> points.add(committed(point)));
        return points;
    }

    /** Ids of those points of the timeline that stay whatever the policy says. @throws Fault TIMELINE_UNKNOWN */
    public Set<String> pinned(String timeline) {
        Set<String> pinned = new HashSet<>();
        eachPoint(timeline, point -> {
            if (point.getPinned()) {
                pinned.add(committed(point).getHeader().getPoint());
            }
        });
        return pinned;
    }

    private void eachPoint(String timeline, Consumer<Point> each) {
        stores.ask(
                TimelinesGrpc.getListPointsMethod(),
                PointsQuery.newBuilder().setTimeline(timeline).build(),
                LIST_LIMIT,
                ClientFault.TIMELINE_UNKNOWN,
                each);
    }

    private static PointCommitted committed(Point point) {
        return Wire.decode(point.getCommitted().toByteArray(), PointCommitted.class);
    }

    /** Its description; the streams follow when asked for. @throws Fault POINT_UNKNOWN */
    public StoredPoint point(String timeline, String point) {
        PointQuery query =
                PointQuery.newBuilder().setTimeline(timeline).setPoint(point).build();
        DescriptionFirst first = new DescriptionFirst();
        try {
            readPoint(query, first);
        } catch (DescriptionFirst.Enough e) {
            // The call has been cancelled: its streams are for a later one.
        }
        PointDescription description = first.description();
        PointCommitted committed = Wire.decode(description.getCommitted().toByteArray(), PointCommitted.class);
        byte[] spec = description.getSpec().toByteArray();
        return new StoredPoint() {
            @Override
            public PointCommitted committed() {
                return committed;
            }

            @Override
            public byte[] spec() {
                return spec;
            }

            @Override
            public void streams(Selection selection, Consumer<StreamPart> each) {
                readPoint(selection.of(query), part -> {
                    if (part.hasStream()) {
                        each.accept(partOf(part.getStream()));
                    }
                });
            }
        };
    }

    private void readPoint(PointQuery query, Consumer<PointPart> each) {
        stores.ask(TimelinesGrpc.getReadPointMethod(), query, STREAM_LIMIT, ClientFault.POINT_UNKNOWN, each);
    }

    /**
     * Pages of memory, by their space, that may lie elsewhere for one point than for the other; all others are alike.
     *
     * @throws Fault POINT_UNKNOWN, for either
     */
    public Map<String, PageRanges> unlike(String timeline, String point, String other) {
        MemoryQuery query = MemoryQuery.newBuilder()
                .setTimeline(timeline)
                .setPoint(point)
                .setOther(other)
                .build();
        Map<String, Steps> spaces = new HashMap<>();
        stores.ask(
                TimelinesGrpc.getCompareMemoryMethod(),
                query,
                BATCH_LIMIT,
                ClientFault.POINT_UNKNOWN,
                part -> spaces.computeIfAbsent(part.getSpace(), _ -> new Steps())
                        .add(part.getStepsList()));
        Map<String, PageRanges> unlike = new HashMap<>();
        spaces.forEach((space, steps) -> unlike.put(space, steps.pages()));
        return unlike;
    }

    private static StreamPart partOf(io.rewind.read.StreamPart part) {
        List<ChunkId> chunks = part.getChunksList().stream()
                .map(id -> ChunkId.read(id.asReadOnlyByteBuffer()))
                .toList();
        Set<ChunkId> patches = new HashSet<>();
        for (int place : part.getPatchesList()) {
            if (place < 0 || place >= chunks.size()) {
                throw new Fault(ClientFault.STORE_DAMAGED, Severity.REJECTED, "the store names a chunk out of reach");
            }
            patches.add(chunks.get(place));
        }
        return new StreamPart(Wire.decode(part.getChange().toByteArray(), StreamChange.class), chunks, patches);
    }

    /**
     * Opened and proved, in the order asked for, one at a time.
     *
     * @throws Fault CHUNK_UNKNOWN, TIMELINE_UNKNOWN, CHUNK_DAMAGED, …
     */
    public void chunks(String timeline, Collection<ChunkId> ids, BiConsumer<ChunkId, ChunkBody> each) {
        Map<ChunkId, BitSet> whole = new LinkedHashMap<>();
        ids.forEach(id -> whole.put(id, ALL));
        read(timeline, whole, ChunkOpener::open, each);
    }

    /**
     * Likewise, but not proved, which takes as long as all else: for whoever has a digest of what the blocks stand for. Of a chunk
     * only the blocks asked for may come; the others then have a length of 0.
     *
     * @param wanted in this order; an empty set stands for all blocks
     */
    public void blocks(String timeline, Map<ChunkId, BitSet> wanted, BiConsumer<ChunkId, ChunkBody> each) {
        read(timeline, wanted, (opener, _, blocks, rawSize, body) -> opener.unproved(blocks, rawSize, body), each);
    }

    private interface Opening {
        ChunkBody open(ChunkOpener opener, ChunkId id, int blocks, int rawSize, byte[] body);
    }

    private void read(
            String timeline, Map<ChunkId, BitSet> wanted, Opening opening, BiConsumer<ChunkId, ChunkBody> each) {
        Iterator<Map.Entry<ChunkId, BitSet>> left = wanted.entrySet().iterator();
        while (left.hasNext()) {
            ChunksQuery.Builder batch = ChunksQuery.newBuilder().setTimeline(timeline);
            while (left.hasNext() && batch.getIdsCount() < BATCH) {
                Map.Entry<ChunkId, BitSet> next = left.next();
                batch.addIds(wrap(next.getKey().toBytes()));
                batch.addOnly(wrap(next.getValue().toByteArray()));
            }
            readBatch(batch.build(), opening, each);
        }
    }

    /** All chunks of patches that some lie over, however deep. @throws Fault CHUNK_UNKNOWN, TIMELINE_UNKNOWN, … */
    public Set<ChunkId> patchesBelow(String timeline, Collection<ChunkId> patches) {
        Set<ChunkId> below = new HashSet<>();
        patches.stream().gather(Gatherers.windowFixed(NAMES)).forEach(some -> {
            PatchesQuery.Builder query = PatchesQuery.newBuilder().setTimeline(timeline);
            some.forEach(id -> query.addIds(wrap(id.toBytes())));
            stores.ask(
                    TimelinesGrpc.getListPatchesMethod(),
                    query.build(),
                    BATCH_LIMIT,
                    ClientFault.CHUNK_UNKNOWN,
                    part -> part.getIdsList().forEach(id -> below.add(ChunkId.read(id.asReadOnlyByteBuffer()))));
        });
        return below;
    }

    private static ByteString wrap(byte[] bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    private void readBatch(ChunksQuery batch, Opening opening, BiConsumer<ChunkId, ChunkBody> each) {
        Iterator<ByteString> expected = batch.getIdsList().iterator();
        try (ChunkOpener opener = new ChunkOpener()) {
            stores.ask(TimelinesGrpc.getReadChunksMethod(), batch, BATCH_LIMIT, ClientFault.CHUNK_UNKNOWN, chunk -> {
                if (!expected.hasNext() || !expected.next().equals(chunk.getId())) {
                    throw new Fault(
                            ClientFault.STORE_DAMAGED, Severity.REJECTED, "the store sent a chunk not asked for");
                }
                ChunkId id = ChunkId.read(chunk.getId().asReadOnlyByteBuffer());
                each.accept(id, body(id, chunk, opening, opener));
            });
        }
        if (expected.hasNext()) {
            throw new Fault(ClientFault.CHUNK_UNKNOWN, Severity.REJECTED, "the store left a chunk out");
        }
    }

    private static ChunkBody body(ChunkId id, Chunk chunk, Opening opening, ChunkOpener opener) {
        byte[] body = chunk.getBody().toByteArray();
        if (!chunk.getOnly().isEmpty()) {
            return ChunkBody.some(body, BitSet.valueOf(chunk.getOnly().toByteArray()), chunk.getBlocks());
        }
        return opening.open(opener, id, chunk.getBlocks(), chunk.getRawSize(), body);
    }

    @Override
    public void close() {
        // Connections belong to the process-wide client factory, which closes those that are idle.
    }
}
