package io.rewind.store.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.BlockRun;
import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.schemas.id.ChunkId;
import io.rewind.store.layer.Layer;
import io.rewind.store.node.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps against a model, over so many points that layers of every level are merged, the bottom's too. */
final class PointMapTest {
    private static final int POINTS = 600;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void I5_everyPointReadsAsItWas_alsoWhenOthersAreGone(long seed) {
        InMemoryNodes nodes = new InMemoryNodes();
        MapModel model = new MapModel(new SplittableRandom(seed));
        List<NodeId> roots = new ArrayList<>();
        List<Map<String, MapModel.Stream>> states = new ArrayList<>();
        for (int point = 0; point < POINTS; point++) {
            boolean full = point == 0 || point == 400;
            List<MapModel.Change> changes = model.next(full);
            PointMap map = full ? PointMap.full(nodes) : PointMap.delta(nodes, roots.getLast());
            changes.forEach(change -> map.apply(change.change(), change.chunks()));
            roots.add(map.finish());
            states.add(model.state());
            assertThat(read(nodes, roots.getLast()))
                    .as("seed %d, point %d", seed, point)
                    .isEqualTo(expected(states.getLast()));
        }
        SplittableRandom choice = new SplittableRandom(seed);
        Set<Integer> kept = new HashSet<>();
        Set<NodeId> reached = new HashSet<>();
        for (int point = 0; point < POINTS; point++) {
            if (choice.nextInt(10) == 0) {
                kept.add(point);
                Layer.reach(nodes, roots.get(point), reached::add);
            }
        }
        nodes.keep(reached);
        for (int point : kept) {
            assertThat(read(nodes, roots.get(point)))
                    .as("seed %d, point %d, others gone", seed, point)
                    .isEqualTo(expected(states.get(point)));
        }
    }

    private static final int PAGES = 64 << 10;

    /** A map's price is what changed, however large the space: 1 % of it, scattered, hundred times. */
    @Test
    void costFollowsTheChange() {
        InMemoryNodes nodes = new InMemoryNodes();
        SplittableRandom random = new SplittableRandom(5);
        NodeId root = point(PointMap.full(nodes), 0, new int[0]);
        long full = nodes.bytes();
        int changed = PAGES / 100;
        for (int point = 1; point <= 100; point++) {
            int[] pages =
                    random.ints(0, PAGES).distinct().limit(changed).sorted().toArray();
            root = point(PointMap.delta(nodes, root), point, pages);
        }
        long each = (nodes.bytes() - full) / 100;
        assertThat(each).isLessThan(12L * changed);
        assertThat(Layer.stack(nodes, root)).hasSizeLessThan(2 * Stack.FAN_OUT);
    }

    /** @param pages none: all */
    private static NodeId point(PointMap map, int number, int[] pages) {
        ChunkId chunk = new ChunkId(number, number);
        List<BlockRun> runs = new ArrayList<>();
        for (int at = 0; at < pages.length; at++) {
            runs.add(new BlockRun((long) pages[at], 1, 0, at));
        }
        if (pages.length == 0) {
            runs.add(new BlockRun(0L, PAGES, 0, 0));
        }
        MapModel.Stream space = new MapModel.Stream(StreamKind.MEMORY, FileType.FILE, PAGES, number, new TreeMap<>());
        map.apply(MapModel.change("MEMORY:1", space, false, runs), List.of(chunk));
        return map.finish();
    }

    private static Map<String, String> expected(Map<String, MapModel.Stream> state) {
        Map<String, String> texts = new TreeMap<>();
        state.forEach((name, stream) -> texts.put(
                name, text(stream.type(), stream.size(), Integer.toString(stream.version()), stream.blocks())));
        return texts;
    }

    private static String text(FileType type, long size, String version, Map<Long, Place> blocks) {
        return type + " of " + size + " v" + version + " " + blocks;
    }

    private static Map<String, String> read(InMemoryNodes nodes, NodeId root) {
        Map<String, StreamChange> last = new TreeMap<>();
        Map<String, TreeMap<Long, Place>> blocks = new TreeMap<>();
        PointStreams.read(nodes, root, (change, chunks) -> {
            String name = change.getKind() + ":" + text(change.getName());
            last.put(name, change);
            for (BlockRun run : change.getRuns()) {
                Place first = run.getChunk() == PartCheck.ZERO
                        ? Place.Empty.ZERO
                        : new Place.In(chunks.get(run.getChunk()), run.getAt());
                for (int i = 0; i < run.getCount(); i++) {
                    blocks.computeIfAbsent(name, _ -> new TreeMap<>()).put(run.getFirst() + i, first.next(i));
                }
            }
        });
        Map<String, String> texts = new TreeMap<>();
        last.forEach((name, change) -> texts.put(
                name,
                text(
                        change.getMeta().map(FileMeta::getType).orElse(FileType.FILE),
                        change.getMeta().map(FileMeta::getSize).orElse(change.getSize()),
                        text(change.getDigest()),
                        blocks.getOrDefault(name, new TreeMap<>()))));
        return texts;
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
