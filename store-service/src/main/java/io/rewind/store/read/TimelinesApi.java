package io.rewind.store.read;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.stub.StreamObserver;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.read.Chunk;
import io.rewind.read.ChunksQuery;
import io.rewind.read.MemoryQuery;
import io.rewind.read.PatchesBelow;
import io.rewind.read.PatchesQuery;
import io.rewind.read.Point;
import io.rewind.read.PointDescription;
import io.rewind.read.PointPart;
import io.rewind.read.PointQuery;
import io.rewind.read.PointsQuery;
import io.rewind.read.StreamPart;
import io.rewind.read.TimelineInfo;
import io.rewind.read.TimelineQuery;
import io.rewind.read.TimelinesGrpc;
import io.rewind.read.UnlikePages;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.schemas.wire.Wire;
import io.rewind.store.chunk.ChunkBodies;
import io.rewind.store.chunk.ChunkEntry;
import io.rewind.store.chunk.Sources;
import io.rewind.store.database.Database;
import io.rewind.store.database.SnapshotView;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.map.PointStreams;
import io.rewind.store.map.StreamRanges;
import io.rewind.store.map.Unlike;
import io.rewind.store.metrics.StoreMetrics;
import io.rewind.store.node.StoredNodes;
import io.rewind.store.timeline.PointEntry;
import io.rewind.store.timeline.Timelines;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Gatherers;

/** The read API over the open partitions. Every call reads one snapshot. */
final class TimelinesApi extends TimelinesGrpc.TimelinesImplBase {
    /** Chunks that one message names. */
    private static final int NAMES = 4096;

    private final OpenPartitions partitions;
    private final ChunkBodies bodies;
    private final Answers answers;

    TimelinesApi(OpenPartitions partitions, ChunkBodies bodies, int readers, StoreMetrics metrics) {
        this.partitions = partitions;
        this.bodies = bodies;
        this.answers = new Answers(readers, metrics);
    }

    @Override
    public void listTimelines(TimelineQuery query, StreamObserver<TimelineInfo> observer) {
        answers.answer("ListTimelines", observer, out -> {
            for (Database database : partitions.all()) {
                try (SnapshotView view = database.snapshot()) {
                    new Timelines(view).named(query.getContainer()).forEach(info -> out.send(info, view::check));
                }
            }
        });
    }

    @Override
    public void listPoints(PointsQuery query, StreamObserver<Point> observer) {
        answers.answer("ListPoints", observer, out -> {
            TimelineId timeline = new TimelineId(query.getTimeline());
            within(
                    timeline,
                    view -> new Timelines(view).points(timeline, point -> {
                        PointId id = new PointId(point.committed().getHeader().getPoint());
                        out.send(
                                Point.newBuilder()
                                        .setCommitted(wrap(Wire.encode(point.committed())))
                                        .setPinned(new Timelines(view).isPinned(timeline, id))
                                        .build(),
                                view::check);
                        return true;
                    }));
        });
    }

    @Override
    public void readPoint(PointQuery query, StreamObserver<PointPart> observer) {
        answers.answer("ReadPoint", observer, out -> {
            TimelineId timeline = new TimelineId(query.getTimeline());
            PointId id = new PointId(query.getPoint());
            StreamRanges wanted = wanted(query);
            within(timeline, view -> {
                PointEntry.Committed point = committed(timeline, id, view);
                StoredNodes nodes = new StoredNodes(view);
                out.send(description(point, nodes), view::check);
                Map<ChunkId, Boolean> patches = new HashMap<>();
                PointStreams.read(nodes, point.map(), wanted, !query.getWithoutRuns(), (change, chunks) -> {
                    Predicate<ChunkId> holdsPatches =
                            chunk -> patches.computeIfAbsent(chunk, _ -> holdsPatches(chunk, view));
                    out.send(stream(change, chunks, holdsPatches), view::check);
                });
            });
        });
    }

    @Override
    public void compareMemory(MemoryQuery query, StreamObserver<UnlikePages> observer) {
        answers.answer("CompareMemory", observer, out -> {
            TimelineId timeline = new TimelineId(query.getTimeline());
            PointId one = new PointId(query.getPoint());
            PointId other = new PointId(query.getOther());
            within(timeline, view -> {
                UnlikeSteps steps = new UnlikeSteps(part -> out.send(part, view::check));
                Unlike.read(
                        new StoredNodes(view),
                        committed(timeline, one, view).map(),
                        committed(timeline, other, view).map(),
                        steps);
                steps.end();
            });
        });
    }

    private static PointEntry.Committed committed(TimelineId timeline, PointId id, SnapshotView view) {
        return new Timelines(view)
                .committed(timeline, id)
                .orElseThrow(() -> StoreFault.POINT_UNKNOWN.rejected("timeline " + timeline + " has no point " + id));
    }

    private static StreamRanges wanted(PointQuery query) {
        List<StreamKind> kinds =
                query.getKindsList().stream().map(TimelinesApi::kind).toList();
        if (query.getTree().isEmpty() && query.getName().isEmpty()) {
            return kinds.isEmpty() ? StreamRanges.all() : StreamRanges.ofKinds(kinds);
        }
        if (kinds.size() != 1) {
            throw StoreFault.QUERY_INVALID.rejected("a tree or a name goes with one kind of stream");
        }
        return StreamRanges.near(
                kinds.getFirst(), query.getTree(), query.getName().asReadOnlyByteBuffer());
    }

    private static StreamKind kind(String name) {
        return Arrays.stream(StreamKind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> StoreFault.QUERY_INVALID.rejected("there is no such kind of stream"));
    }

    private static PointPart description(PointEntry.Committed point, StoredNodes nodes) {
        return PointPart.newBuilder()
                .setDescription(PointDescription.newBuilder()
                        .setCommitted(wrap(Wire.encode(point.committed())))
                        .setSpec(wrap(nodes.get(point.spec()))))
                .build();
    }

    private static boolean holdsPatches(ChunkId id, SnapshotView view) {
        return ChunkEntry.find(id, view).map(ChunkEntry::holdsPatches).orElse(false);
    }

    private static PointPart stream(StreamChange change, List<ChunkId> chunks, Predicate<ChunkId> holdsPatches) {
        StreamPart.Builder part = StreamPart.newBuilder().setChange(wrap(Wire.encode(change)));
        for (int i = 0; i < chunks.size(); i++) {
            part.addChunks(wrap(chunks.get(i).toBytes()));
            if (holdsPatches.test(chunks.get(i))) {
                part.addPatches(i);
            }
        }
        return PointPart.newBuilder().setStream(part).build();
    }

    @Override
    public void readChunks(ChunksQuery query, StreamObserver<Chunk> observer) {
        answers.answer("ReadChunks", observer, out -> {
            TimelineId timeline = new TimelineId(query.getTimeline());
            if (query.getOnlyCount() != 0 && query.getOnlyCount() != query.getIdsCount()) {
                throw StoreFault.QUERY_INVALID.rejected("it says of some chunks which blocks are wanted, not of all");
            }
            within(timeline, view -> {
                try (ChunkReader chunks = new ChunkReader(bodies)) {
                    for (int i = 0; i < query.getIdsCount(); i++) {
                        ChunkId id = ChunkId.read(query.getIds(i).asReadOnlyByteBuffer());
                        ByteString only = query.getOnlyCount() == 0 ? ByteString.EMPTY : query.getOnly(i);
                        out.send(chunks.read(id, only, timeline, view), view::check);
                    }
                }
            });
        });
    }

    @Override
    public void listPatches(PatchesQuery query, StreamObserver<PatchesBelow> observer) {
        answers.answer("ListPatches", observer, out -> {
            List<ChunkId> ids = query.getIdsList().stream()
                    .map(id -> ChunkId.read(id.asReadOnlyByteBuffer()))
                    .toList();
            within(
                    new TimelineId(query.getTimeline()),
                    view -> Sources.patchesBelow(ids, view).stream()
                            .gather(Gatherers.windowFixed(NAMES))
                            .forEach(some -> out.send(below(some), view::check)));
        });
    }

    private static PatchesBelow below(List<ChunkId> ids) {
        PatchesBelow.Builder below = PatchesBelow.newBuilder();
        ids.forEach(id -> below.addIds(wrap(id.toBytes())));
        return below.build();
    }

    private void within(TimelineId timeline, Consumer<SnapshotView> work) {
        try (SnapshotView view = partitions.having(timeline)) {
            work.accept(view);
        }
    }

    private static ByteString wrap(byte[] bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes);
    }
}
