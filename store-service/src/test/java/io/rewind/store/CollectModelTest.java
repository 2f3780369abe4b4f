package io.rewind.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.Gap;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.wire.Wire;
import io.rewind.store.chunk.ChunkEntry;
import io.rewind.store.collect.Cycle;
import io.rewind.store.database.Family;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.map.PointReferences;
import io.rewind.store.node.StoredNodes;
import io.rewind.store.timeline.PointEntry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories in which points go and garbage is collected while records arrive, with crashes anywhere. The seed is
 * in the name; {@code -Drewind.seeds=1000} runs that many.
 */
class CollectModelTest {
    private static final int POINTS = 18;
    private static final Duration REACH = Duration.ofHours(1);
    private static final Duration GRACE = TestStore.COLLECT.grace();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("rewind.seeds", 8));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void I3_I4_I5_whateverGoesTheOthersReadBackAsTheyWere(long seed) {
        try (TestStore store = new TestStore(folder)) {
            new Life(store, new Random(seed), seed % 2 == 0).run();
        }
    }

    /** The process is gone. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Life {
        private final TestStore store;
        private final Random random;
        /** Whether the encoder forgets what is older than the store promises to keep. */
        private final boolean faithful;

        private final ModelHistory history;
        private final TreeMap<Integer, ModelState> expected = new TreeMap<>();
        private boolean rebase = true;

        Life(TestStore store, Random random, boolean faithful) {
            this.store = store;
            this.random = random;
            this.faithful = faithful;
            this.history = new ModelHistory(random);
        }

        void run() {
            for (int point = 0; point < POINTS; point++) {
                encode(point);
                if (random.nextBoolean()) {
                    collect();
                }
                store.catchUp();
                look(point);
                store.pass(Duration.ofMinutes(random.nextInt(70)));
                forgetSome();
            }
            assertThat(faithful && rebase).isFalse();
            expected.forEach((point, state) -> assertThat(ModelReader.read(store, point))
                    .as("point %d", point)
                    .isEqualTo(state.told()));
            assertNothingIsLeftOver();
        }

        private void encode(int point) {
            boolean full = rebase || random.nextInt(6) == 0;
            Instant since = rebase ? Instant.MAX : faithful ? store.now().minus(REACH) : Instant.MIN;
            history.remember(store.now(), since);
            store.append(full ? history.full(point) : history.delta(point, expected.lastKey()));
            rebase = false;
        }

        /** Whether the point came about; if not, that was said and the next one needs nothing that was before. */
        private void look(int point) {
            String id = TestRecords.pointId(point);
            boolean there = store.client().points(TestRecords.TIMELINE).stream()
                    .anyMatch(committed -> committed.getHeader().getPoint().equals(id));
            if (there) {
                expected.put(point, history.state());
                Map.Entry<Integer, ModelState> some =
                        new ArrayList<>(expected.entrySet()).get(random.nextInt(expected.size()));
                assertThat(ModelReader.read(store, some.getKey()))
                        .isEqualTo(some.getValue().told());
                return;
            }
            assertThat(faithful).as("point %d was rejected", point).isFalse();
            assertThat(store.feed().points().stream().map(a -> Wire.decode(a.bytes())))
                    .filteredOn(Gap.class::isInstance)
                    .extracting(gap -> ((Gap) gap).getPoint() + ((Gap) gap).getCode())
                    .contains(id + StoreFault.CHUNK_MISSING);
            rebase = true;
        }

        private void forgetSome() {
            List<Integer> some = expected.keySet().stream()
                    .filter(point -> random.nextInt(4) == 0)
                    .filter(point -> !point.equals(expected.lastKey()))
                    .toList();
            store.expire(some);
            store.settle();
            expected.keySet().removeAll(some);
        }

        /** With records in between, and perhaps a crash. */
        private void collect() {
            boolean crash = random.nextInt(3) == 0;
            boolean powerCut = crash && random.nextBoolean();
            if (powerCut) {
                store.save();
            }
            int[] batches = {crash ? random.nextInt(6) : Integer.MAX_VALUE};
            arriveSome();
            try (Cycle cycle = store.upkeep().collector().begin(GRACE)) {
                arriveSome();
                cycle.mark();
                var _ = cycle.sweep(effect -> {
                    arriveSome();
                    if (batches[0]-- == 0) {
                        throw new Crash();
                    }
                    store.writeBatch(effect);
                });
                arriveSome();
            } catch (Crash e) {
                // What is to be seen comes from the files.
            }
            store.upkeep().collector().end();
            if (powerCut) {
                store.losePower();
            } else if (crash) {
                store.restart();
            }
        }

        private void arriveSome() {
            int next = (int) store.handler().startOffset().orElse(0);
            store.deliver(next, next + random.nextInt(store.end() - next + 1));
        }

        private void assertNothingIsLeftOver() {
            store.expire(new ArrayList<>(expected.headMap(expected.lastKey()).keySet()));
            store.pass(GRACE.plusMinutes(1));
            store.collect();
            Set<ChunkId> needed = new HashSet<>();
            Set<String> nodes = new HashSet<>();
            StoredNodes stored = new StoredNodes(store.database());
            store.database().scan(Family.POINTS, new byte[0], (_, value) -> {
                if (PointEntry.decode(value) instanceof PointEntry.Committed point) {
                    nodes.add(point.spec().toString());
                    PointReferences.of(
                            stored, point.map(), node -> nodes.add(node.toString()), chunk -> need(chunk, needed));
                }
                return true;
            });
            Set<ChunkId> there = new HashSet<>();
            store.database()
                    .scan(Family.CHUNKS, new byte[0], (key, _) -> there.add(ChunkId.read(ByteBuffer.wrap(key))));
            assertThat(there).isEqualTo(needed);
            assertThat(count(Family.BODIES)).isEqualTo(needed.size());
            assertThat(count(Family.NODES)).isEqualTo(nodes.size());
            assertThat(count(Family.ARRIVALS)).isZero();
            Map.Entry<Integer, ModelState> last = expected.lastEntry();
            assertThat(ModelReader.read(store, last.getKey()))
                    .isEqualTo(last.getValue().told());
        }

        private void need(ChunkId chunk, Set<ChunkId> needed) {
            if (needed.add(chunk)) {
                ChunkEntry.find(chunk, store.database())
                        .orElseThrow()
                        .sources()
                        .forEach(source -> need(source, needed));
            }
        }

        private int count(Family family) {
            int[] count = {0};
            store.database().scan(family, new byte[0], (_, _) -> {
                count[0]++;
                return true;
            });
            return count[0];
        }
    }
}
