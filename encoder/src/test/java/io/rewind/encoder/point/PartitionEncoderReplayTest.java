package io.rewind.encoder.point;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionEncoderReplayTest {
    private final Bench bench = new Bench();
    private final Map<String, Map<String, Decoded.Stream>> expected = new TreeMap<>();

    /** Points of three timelines, their records interleaved. */
    private void fill(long seed, int each) {
        RandomPoints points = new RandomPoints(seed);
        Random random = new Random(seed);
        List<List<byte[]>> queues = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            List<byte[]> queue = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                PointScript script = points.next(timeline(t), Bench.point(t * 100 + i));
                expected.put(script.point, script.expected);
                queue.addAll(script.records());
            }
            queues.add(queue);
        }
        while (queues.stream().anyMatch(q -> !q.isEmpty())) {
            int t = random.nextInt(3);
            if (!queues.get(t).isEmpty()) {
                bench.write(timeline(t), queues.get(t).removeFirst());
            }
        }
    }

    private static String timeline(int number) {
        return "aaaaaaaaaaa" + number;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void I4_replayFromAnySettledOffsetChangesNothing(long seed) {
        fill(seed, 8);
        TreeSet<Integer> offsets = new TreeSet<>(List.of(0));
        while (bench.settled < bench.topic.size()) {
            bench.step(5);
            offsets.add((int) bench.settled);
        }
        assertThat(bench.decoded().points).isEqualTo(expected);
        for (int offset : offsets) {
            bench.replay(offset);
            bench.run();
            Decoded decoded = bench.decoded();
            assertThat(decoded.points).as("after replay from %s", offset).isEqualTo(expected);
            assertThat(decoded.gaps).isEmpty();
        }
        assertThat(bench.deadLetters).isEmpty();
        assertThat(bench.rebasesAsked()).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void I4_crashesAndLostRecordsAtAnyMomentLoseNothing(long seed) {
        fill(seed, 8);
        Random random = new Random(seed * 31);
        int crashes = 0;
        while (bench.settled < bench.topic.size()) {
            switch (crashes < 60 ? random.nextInt(5) : 4) {
                case 0 -> {
                    bench.crash();
                    crashes++;
                }
                case 1 -> {
                    bench.producer.loseAfter(random.nextInt(6));
                    crashes++;
                }
                case 2 -> {
                    bench.rebases.incrementAndGet();
                    crashes++;
                }
                default -> bench.step(1 + random.nextInt(40));
            }
        }
        Decoded decoded = bench.decoded();
        assertThat(decoded.points).isEqualTo(expected);
        assertThat(decoded.gaps).isEmpty();
        assertThat(bench.deadLetters).isEmpty();
        assertThat(bench.reopened).isPositive();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {7, 8})
    void I3_noPointGoesOutBeforeAllItNeedsArrived(long seed) {
        fill(seed, 4);
        for (int lost = 0; lost < 40; lost++) {
            bench.replay(0);
            bench.producer.loseAfter(lost);
            // the model refuses a point whose parts or chunks are not there yet
            bench.run();
        }
        assertThat(bench.decoded().points).isEqualTo(expected);
        assertThat(bench.reopened).isGreaterThan(30);
    }
}
