package io.rewind.capture.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.event.Run;
import io.rewind.runtime.process.PageRanges;
import io.rewind.schemas.content.BlockDigest;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTableTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void isAMap(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            NavigableMap<Long, BlockDigest> before = random(random);
            NavigableMap<Long, BlockDigest> after = random(random);
            PageTable table = table(before);
            assertThat(table.size()).isEqualTo(before.size());
            assertThat(table.digest()).isEqualTo(before.values().stream().reduce(BlockDigest.EMPTY, BlockDigest::plus));
            asksInOrder(random, before, table);
            goneIs(before, after, table.without(table(after)));
            TreeSet<Long> both = new TreeSet<>(before.keySet());
            both.retainAll(after.keySet());
            assertThat(table.within(ranges(after.keySet())))
                    .hasToString(ranges(both).toString());
        }
    }

    @Test
    void emptyHasNothing() {
        assertThat(PageTable.EMPTY.size()).isZero();
        assertThat(PageTable.EMPTY.cursor().has(0, BlockDigest.EMPTY)).isFalse();
        assertThat(PageTable.EMPTY.without(PageTable.EMPTY)).isEmpty();
        assertThat(PageTable.EMPTY.digest()).isEqualTo(BlockDigest.EMPTY);
    }

    @Test
    void rowsOfPagesBecomeRuns() {
        PageTable table = table(new TreeMap<>(java.util.Map.of(
                3L, BlockDigest.EMPTY, 4L, BlockDigest.EMPTY, 5L, BlockDigest.EMPTY, 9L, BlockDigest.EMPTY)));
        PageTable later = table(new TreeMap<>(java.util.Map.of(4L, BlockDigest.EMPTY)));
        assertThat(table.without(PageTable.EMPTY)).containsExactly(new Run(3L, 3), new Run(9L, 1));
        assertThat(table.without(later)).containsExactly(new Run(3L, 1), new Run(5L, 1), new Run(9L, 1));
    }

    @Test
    void pagesOutOfOrderAreRefused() {
        PageTable.Builder builder = new PageTable.Builder(2);
        builder.add(7, BlockDigest.EMPTY);
        assertThatThrownBy(() -> builder.add(7, BlockDigest.EMPTY)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void asksInOrder(Random random, NavigableMap<Long, BlockDigest> model, PageTable table) {
        PageTable.Cursor cursor = table.cursor();
        for (long page = 0; page < 120; page++) {
            if (random.nextInt(3) > 0) {
                BlockDigest digest = random.nextBoolean() && model.containsKey(page)
                        ? model.getOrDefault(page, BlockDigest.EMPTY)
                        : new BlockDigest(random.nextInt(3), random.nextInt(3));
                assertThat(cursor.has(page, digest)).isEqualTo(digest.equals(model.get(page)));
                if (cursor.find(page)) {
                    assertThat(cursor.digest()).isEqualTo(model.get(page));
                }
            }
        }
    }

    private static void goneIs(
            NavigableMap<Long, BlockDigest> before, NavigableMap<Long, BlockDigest> after, List<Run> gone) {
        TreeSet<Long> expected = new TreeSet<>(before.keySet());
        expected.removeAll(after.keySet());
        TreeSet<Long> actual = new TreeSet<>();
        long last = -2;
        for (Run run : gone) {
            assertThat(run.getFirst()).isGreaterThan(last + 1);
            last = run.getFirst() + run.getCount() - 1;
            for (long page = run.getFirst(); page <= last; page++) {
                actual.add(page);
            }
        }
        // Neighbouring runs are one unless a page between them was kept.
        assertThat(actual).isEqualTo(expected);
    }

    private static NavigableMap<Long, BlockDigest> random(Random random) {
        NavigableMap<Long, BlockDigest> pages = new TreeMap<>();
        int density = 1 + random.nextInt(4);
        for (long page = 0; page < 100; page++) {
            if (random.nextInt(4) < density) {
                pages.put(page, new BlockDigest(random.nextInt(3), random.nextInt(3)));
            }
        }
        return pages;
    }

    private static PageRanges ranges(Collection<Long> pages) {
        PageRanges.Builder ranges = new PageRanges.Builder();
        pages.forEach(page -> ranges.add(page, page + 1));
        return ranges.build();
    }

    private static PageTable table(NavigableMap<Long, BlockDigest> pages) {
        PageTable.Builder builder = new PageTable.Builder(pages.size() + 5L);
        pages.forEach(builder::add);
        return builder.build();
    }
}
