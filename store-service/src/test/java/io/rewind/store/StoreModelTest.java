package io.rewind.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
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
            expected.forEach((point, state) -> assertThat(ModelReader.read(store, point))
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
}
