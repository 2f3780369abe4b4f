package io.rewind.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRangesTest {
    private static final int PAGES = 120;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void isASet(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            BitSet one = random(random);
            BitSet other = random(random);
            PageRanges a = ranges(one);
            PageRanges b = ranges(other);
            BitSet union = (BitSet) one.clone();
            union.or(other);
            BitSet both = (BitSet) one.clone();
            both.and(other);
            BitSet rest = (BitSet) one.clone();
            rest.andNot(other);
            assertThat(a.union(b)).hasToString(ranges(union).toString());
            assertThat(a.intersect(b)).hasToString(ranges(both).toString());
            assertThat(a.minus(b)).hasToString(ranges(rest).toString());
            assertThat(a.isEmpty()).isEqualTo(one.isEmpty());
            int first = random.nextInt(PAGES);
            int end = first + random.nextInt(PAGES - first);
            assertThat(a.covers(first, end)).isEqualTo(one.nextClearBit(first) >= end);
        }
    }

    @Test
    void stretchesThatTouchAreOne() {
        PageRanges ranges = new PageRanges.Builder()
                .add(1, 3)
                .add(3, 5)
                .add(7, 7)
                .add(9, 10)
                .build();
        assertThat(ranges).hasToString("[1, 5, 9, 10]");
        assertThat(ranges.after(5)).isEqualTo(1);
        assertThat(ranges.after(10)).isEqualTo(ranges.stretches());
    }

    @Test
    void stretchesOutOfOrderAreRefused() {
        PageRanges.Builder builder = new PageRanges.Builder().add(5, 9);
        assertThatThrownBy(() -> builder.add(8, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    private static BitSet random(Random random) {
        BitSet pages = new BitSet();
        for (int i = random.nextInt(8); i > 0; i--) {
            int first = random.nextInt(PAGES);
            pages.set(first, first + random.nextInt(PAGES - first));
        }
        return pages;
    }

    private static PageRanges ranges(BitSet pages) {
        PageRanges.Builder ranges = new PageRanges.Builder();
        pages.stream().forEach(page -> ranges.add(page, page + 1));
        return ranges.build();
    }
}
