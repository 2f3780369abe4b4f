package io.rewind.store.ingest;

import io.rewind.event.BlockRun;
import io.rewind.event.PointHeader;
import io.rewind.event.PointKind;
import io.rewind.event.PointMapPart;
import io.rewind.event.PointRecord;
import io.rewind.event.StreamChange;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.store.chunk.ChunkEntry;
import io.rewind.store.chunk.Sources;
import io.rewind.store.collect.Collector;
import io.rewind.store.database.View;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.map.PartCheck;
import io.rewind.store.map.PointMap;
import io.rewind.store.node.NewNodes;
import io.rewind.store.node.NodeId;
import io.rewind.store.timeline.PointEntry;
import io.rewind.store.timeline.Timelines;
import java.util.ArrayList;
import java.util.List;

/** Puts a point's map together from its parent and its parts, proving that all it needs is there. */
final class PointAssembly {
    private final View view;
    private final StagedParts staged;
    private final NewNodes nodes;
    private final Collector collector;

    PointAssembly(View view, StagedParts staged, NewNodes nodes, Collector collector) {
        this.view = view;
        this.staged = staged;
        this.nodes = nodes;
        this.collector = collector;
    }

    /** The root of the point's map. @throws io.rewind.runtime.fault.Fault REJECTED when it cannot exist */
    NodeId assemble(PointRecord record) {
        PointHeader header = record.getHeader();
        TimelineId timeline = new TimelineId(header.getTimeline());
        PointId point = new PointId(header.getPoint());
        PointMap map = begin(header, timeline);
        for (int part = 0; part < record.getParts(); part++) {
            int number = part;
            PointMapPart next = staged.get(timeline, point, record.getEncoding(), part)
                    .orElseThrow(() -> StoreFault.POINT_INCOMPLETE.rejected(
                            "part " + number + " of " + record.getParts() + " is missing"));
            add(next, map);
        }
        return map.finish();
    }

    private PointMap begin(PointHeader header, TimelineId timeline) {
        if (header.getKind() == PointKind.FULL) {
            return PointMap.full(nodes);
        }
        PointEntry.Committed parent = header.getParent()
                .map(PointId::new)
                .flatMap(id -> new Timelines(view).committed(timeline, id))
                .orElseThrow(() -> StoreFault.PARENT_MISSING.rejected(
                        "the point it is a delta to, " + header.getParent().orElse("none") + ", is not here"));
        return PointMap.delta(nodes, parent.map());
    }

    private void add(PointMapPart part, PointMap map) {
        PartCheck.check(part);
        List<ChunkId> chunks = new ArrayList<>();
        List<Integer> blocks = new ArrayList<>();
        part.getChunks().forEach(bytes -> {
            ChunkId id = ChunkId.read(bytes);
            ChunkEntry entry = ChunkEntry.require(id, view);
            Sources.check(id, entry, view);
            collector.relied(id);
            chunks.add(id);
            blocks.add(entry.blocks());
        });
        for (StreamChange stream : part.getStreams()) {
            for (BlockRun run : stream.getRuns()) {
                if (run.getChunk() >= 0 && (long) run.getAt() + run.getCount() > blocks.get(run.getChunk())) {
                    throw StoreFault.POINT_INVALID.rejected("a run reaches beyond its chunk");
                }
            }
            map.apply(stream, chunks);
        }
    }
}
