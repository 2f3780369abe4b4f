package io.rewind.cli.simulation;

import io.rewind.event.BlockRun;
import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockBody;
import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.content.PatchBody;
import io.rewind.schemas.id.ChunkId;
import io.rewind.store.chunk.ChunkBodies;
import io.rewind.store.chunk.ChunkEntry;
import io.rewind.store.chunk.RocksChunkBodies;
import io.rewind.store.database.View;
import io.rewind.store.map.PointStreams;
import io.rewind.store.node.StoredNodes;
import io.rewind.store.timeline.PointEntry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Makes points from what a store has, as a restore would, named as {@link Walk#state} names it. */
final class Reading {
    private final View view;
    private final ChunkBodies bodies = new RocksChunkBodies();
    private final Map<ChunkId, ChunkBody> opened = new HashMap<>();

    Reading(View view) {
        this.view = view;
    }

    SortedMap<String, byte[]> point(PointEntry.Committed point) {
        SortedMap<String, byte[]> state = new TreeMap<>();
        PointStreams.read(new StoredNodes(view), point.map(), (change, chunks) -> stream(change, chunks, state));
        return state;
    }

    private void stream(StreamChange change, List<ChunkId> chunks, SortedMap<String, byte[]> state) {
        String name =
                StandardCharsets.UTF_8.decode(change.getName().duplicate()).toString();
        if (change.getKind() == StreamKind.MEMORY) {
            blocks(change, chunks, (page, content) -> state.put(Walk.memory(name, page), content));
            return;
        }
        boolean directory = change.getMeta()
                .map(FileMeta::getType)
                .filter(FileType.DIRECTORY::equals)
                .isPresent();
        long size = change.getMeta().map(FileMeta::getSize).orElse(change.getSize());
        String key = change.getKind() == StreamKind.IMAGE ? Walk.image(name) : Walk.file(name, directory);
        byte[] whole = state.computeIfAbsent(key, _ -> new byte[Math.toIntExact(size)]);
        blocks(
                change,
                chunks,
                (block, content) ->
                        System.arraycopy(content, 0, whole, Math.toIntExact(block * Block.SIZE), content.length));
    }

    private void blocks(StreamChange change, List<ChunkId> chunks, BiConsumer<Long, byte[]> each) {
        for (BlockRun run : change.getRuns()) {
            for (int i = 0; i < run.getCount(); i++) {
                boolean zero = run.getChunk() < 0;
                byte[] content = zero ? new byte[Block.SIZE] : block(chunks.get(run.getChunk()), run.getAt() + i);
                each.accept(run.getFirst() + i, content);
            }
        }
    }

    private byte[] block(ChunkId id, int number) {
        return switch (open(id)) {
            case BlockBody whole -> {
                int start = whole.offset(number);
                yield Arrays.copyOfRange(whole.bytes(), start, start + whole.length(number));
            }
            case PatchBody patches -> {
                byte[] block = block(patches.sources().get(patches.source(number)), patches.number(number));
                patches.apply(number, block, 0, block.length);
                yield block;
            }
        };
    }

    private ChunkBody open(ChunkId id) {
        return opened.computeIfAbsent(id, _ -> {
            ChunkEntry entry = ChunkEntry.find(id, view).orElseThrow();
            return ChunkBody.open(
                    id, entry.blocks(), entry.rawSize(), bodies.get(id, view).orElseThrow());
        });
    }
}
