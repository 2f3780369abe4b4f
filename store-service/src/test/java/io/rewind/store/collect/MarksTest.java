package io.rewind.store.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarksTest {
    private static final int IDS = 20_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void hasAllThatWasAddedAndLittleElse(long seed) {
        Marks marks = new Marks(8 * IDS, seed);
        new Random(seed).longs(IDS).forEach(id -> marks.add(id, ~id));
        assertThat(new Random(seed).longs(IDS).allMatch(id -> marks.has(id, ~id)))
                .isTrue();
        assertThat(new Random(seed + 100)
                        .longs(IDS)
                        .filter(id -> marks.has(id, ~id))
                        .count())
                .isLessThan(IDS / 20);
    }

    @ParameterizedTest(name = "{0} ids")
    @ValueSource(ints = {0, 1, 100_000})
    void anotherSeedErrsOnOtherIds(int ids) {
        Marks one = new Marks(1024, 1);
        Marks other = new Marks(1024, 2);
        new Random(ids).longs(500).forEach(id -> {
            one.add(id, id * 3);
            other.add(id, id * 3);
        });
        long both = new Random(ids + 1)
                .longs(IDS)
                .filter(id -> one.has(id, id * 5) && other.has(id, id * 5))
                .count();
        long first =
                new Random(ids + 1).longs(IDS).filter(id -> one.has(id, id * 5)).count();
        assertThat(both).isLessThan(first / 2 + 1);
    }
}
