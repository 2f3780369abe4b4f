package io.rewind.store.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.store.TestPoints;
import io.rewind.store.TestRecords;
import io.rewind.store.TestStore;
import io.rewind.store.chunk.ChunkEntry;
import io.rewind.store.database.Family;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What chunks cost that stay whole though only some of their blocks are needed (ADR 014). */
class PartlyNeededTest {
    private static final int PAGES = 1000;
    private static final int CHANGED = 100;
    private static final int POINTS = 120;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void theLastPointOfManyWithPagesWrittenAtRandomKeepsTheLogarithmOfADeltaTimesItself(long seed) {
        Random random = new Random(seed);
        try (TestStore store = new TestStore(folder)) {
            store.append(TestPoints.full(0, TestRecords.chunk(contents(0, PAGES))));
            for (int point = 1; point < POINTS; point++) {
                store.append(TestPoints.scattered(
                        point,
                        point - 1,
                        PAGES,
                        some(random),
                        TestRecords.chunk(contents((long) point * PAGES, CHANGED))));
            }
            store.catchUp();
            store.expire(IntStream.range(0, POINTS - 1).boxed().toList());
            store.pass(Duration.ofHours(3));
            store.collect();
            double times = (double) blocks(store) / PAGES;
            assertThat(times).isBetween(Math.log(CHANGED) - 2, Math.log(CHANGED) + 2);
        }
    }

    private static List<Long> contents(long from, int count) {
        return LongStream.range(from + 1, from + 1 + count).boxed().toList();
    }

    private static List<Long> some(Random random) {
        List<Long> pages = new ArrayList<>(LongStream.range(0, PAGES).boxed().toList());
        Collections.shuffle(pages, random);
        return pages.subList(0, CHANGED);
    }

    private static long blocks(TestStore store) {
        AtomicLong blocks = new AtomicLong();
        store.database().scan(Family.CHUNKS, new byte[0], (_, value) -> {
            blocks.addAndGet(ChunkEntry.decode(value).blocks());
            return true;
        });
        return blocks.get();
    }
}
