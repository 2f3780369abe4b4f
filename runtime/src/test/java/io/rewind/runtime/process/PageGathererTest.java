package io.rewind.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageGathererTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anyOrderMakesTheSameSet(long seed) {
        Random random = new Random(seed);
        PageGatherer gatherer = new PageGatherer();
        BitSet model = new BitSet();
        for (int i = 0; i < 200; i++) {
            int first = random.nextInt(2000);
            int end = first + random.nextInt(30);
            gatherer.addBytes((long) first * PageRanges.PAGE, (long) end * PageRanges.PAGE);
            model.set(first, end);
        }

        PageRanges.Builder expected = new PageRanges.Builder();
        model.stream().forEach(page -> expected.add(page, page + 1));

        assertThat(gatherer.build()).hasToString(expected.build().toString());
    }
}
