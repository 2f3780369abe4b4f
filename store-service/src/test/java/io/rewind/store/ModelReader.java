package io.rewind.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.BlockRun;
import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.StreamKind;
import io.rewind.schemas.client.StoredPoint;
import io.rewind.schemas.client.StreamPart;
import io.rewind.schemas.content.BlockBody;
import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.content.PatchBody;
import io.rewind.schemas.id.ChunkId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads a point back through the real read API, in the words of the model. */
final class ModelReader {
    private ModelReader() {}

    static Map<String, String> read(TestStore store, int point) {
        StoredPoint stored = store.client().point(TestRecords.TIMELINE, TestRecords.pointId(point));
        assertThat(stored.spec()).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
        List<StreamPart> parts = new ArrayList<>();
        Set<ChunkId> named = new HashSet<>();
        stored.streams(part -> {
            parts.add(part);
            named.addAll(part.chunks());
        });
        Map<ChunkId, List<Long>> contents = contents(store, named);
        Map<String, TreeMap<Long, Long>> blocks = new TreeMap<>();
        Map<String, String> told = new TreeMap<>();
        List<String> order = new ArrayList<>();
        for (StreamPart part : parts) {
            ModelState.Name name = nameOf(part);
            if (order.isEmpty() || !order.getLast().equals(name.toString())) {
                order.add(name.toString());
            }
            TreeMap<Long, Long> of = blocks.computeIfAbsent(name.toString(), _ -> new TreeMap<>());
            for (BlockRun run : part.change().getRuns()) {
                for (int i = 0; i < run.getCount(); i++) {
                    long content = run.getChunk() < 0
                            ? 0
                            : contents.getOrDefault(part.chunks().get(run.getChunk()), List.of())
                                    .get(run.getAt() + i);
                    of.put(run.getFirst() + i, content);
                }
            }
            told.put(name.toString(), line(part, of));
        }
        assertThat(order).doesNotHaveDuplicates();
        assertParentsFirst(parts);
        return told;
    }

    private static ModelState.Name nameOf(StreamPart part) {
        ByteBuffer name = part.change().getName().duplicate();
        return new ModelState.Name(
                part.change().getKind(),
                part.change().getTree(),
                StandardCharsets.UTF_8.decode(name).toString());
    }

    private static String line(StreamPart part, Map<Long, Long> blocks) {
        StreamKind kind = part.change().getKind();
        return ModelState.line(
                kind,
                part.change().getMeta().map(FileMeta::getType).orElse(FileType.FILE),
                part.change()
                        .getMeta()
                        .map(FileMeta::getSize)
                        .orElse(part.change().getSize()),
                blocks);
    }

    private static void assertParentsFirst(List<StreamPart> parts) {
        List<ModelState.Name> seen = new ArrayList<>();
        for (StreamPart part : parts) {
            ModelState.Name name = nameOf(part);
            assertThat(seen).noneMatch(earlier -> earlier.isBelow(name) && !earlier.equals(name));
            seen.add(name);
        }
    }

    /** What is in the chunks; all they lie over is fetched, too. */
    private static Map<ChunkId, List<Long>> contents(TestStore store, Set<ChunkId> named) {
        Map<ChunkId, List<Long>> contents = new HashMap<>();
        Set<ChunkId> wanted = named;
        while (!wanted.isEmpty()) {
            Set<ChunkId> below = new HashSet<>();
            store.client().chunks(TestRecords.TIMELINE, wanted, (id, body) -> {
                contents.put(id, numbers(body));
                below.addAll(body.sources());
            });
            below.removeAll(contents.keySet());
            wanted = below;
        }
        return contents;
    }

    private static List<Long> numbers(ChunkBody body) {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < body.blocks(); i++) {
            numbers.add(
                    switch (body) {
                        case BlockBody blocks -> ByteBuffer.wrap(blocks.bytes()).getLong(blocks.offset(i));
                        case PatchBody patches -> patched(patches, i);
                    });
        }
        return numbers;
    }

    /** Patches of the model say every byte of a block. */
    private static long patched(PatchBody patches, int patch) {
        byte[] block = new byte[TestRecords.BLOCK];
        patches.apply(patch, block, 0, block.length);
        return ByteBuffer.wrap(block).getLong();
    }
}
