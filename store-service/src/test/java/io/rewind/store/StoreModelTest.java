package io.rewind.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.BlockRun;
import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.StreamKind;
import io.rewind.schemas.client.StoredPoint;
import io.rewind.schemas.client.StreamPart;
import io.rewind.schemas.content.BlockBody;
import io.rewind.schemas.id.ChunkId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories through the real store, its crashes and its read API, against a model. The seed is in the name. */
class StoreModelTest {
    private static final int POINTS = 14;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void I4_I5_everyPointReadsBackAsItWas(long seed) {
        Random random = new Random(seed);
        ModelHistory history = new ModelHistory(random);
        Map<Integer, ModelState> expected = new LinkedHashMap<>();
        try (TestStore store = new TestStore(folder)) {
            for (int point = 0; point < POINTS; point++) {
                boolean full = point == 0 || random.nextInt(6) == 0;
                store.append(full ? history.full(point) : history.delta(point, point - 1));
                expected.put(point, history.state());
                arrive(store, random);
            }
            assertThat(store.feed().points()).hasSize(POINTS);
            expected.forEach((point, state) -> assertThat(read(store, point))
                    .as("seed %d, point %d", seed, point)
                    .isEqualTo(state.told()));
            Map<String, String> before = store.dump();
            store.deliver(random.nextInt(store.end()), store.end());
            store.settle();
            assertThat(store.dump()).isEqualTo(before);
            assertThat(store.feed().points()).hasSize(POINTS);
        }
    }

    /** Delivers what is there, with crashes in between. */
    private static void arrive(TestStore store, Random random) {
        int next = (int) store.handler().startOffset().orElse(0);
        int stop = next + random.nextInt(store.end() - next + 1);
        switch (random.nextInt(4)) {
            case 0 -> {
                store.deliver(next, stop);
                store.restart();
            }
            case 1 -> {
                store.save();
                store.deliver(next, stop);
                store.losePower();
            }
            case 2 -> {
                store.deliver(next, stop);
                store.settle();
                store.deliver(random.nextInt(stop + 1), stop);
            }
            default -> {}
        }
        store.catchUp();
    }

    private static Map<String, String> read(TestStore store, int point) {
        StoredPoint stored = store.client().point(TestRecords.TIMELINE, TestRecords.pointId(point));
        assertThat(stored.spec()).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
        List<StreamPart> parts = new ArrayList<>();
        Map<ChunkId, List<Long>> contents = new HashMap<>();
        stored.streams(part -> {
            parts.add(part);
            part.chunks().forEach(id -> contents.put(id, new ArrayList<>()));
        });
        store.client()
                .chunks(
                        TestRecords.TIMELINE,
                        contents.keySet(),
                        (id, body) -> contents.put(id, numbers((BlockBody) body)));
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

    private static List<Long> numbers(BlockBody body) {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < body.blocks(); i++) {
            numbers.add(ByteBuffer.wrap(body.bytes()).getLong(body.offset(i)));
        }
        return numbers;
    }
}
