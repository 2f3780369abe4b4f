package io.rewind.encoder.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorIndexTest {
    /** Keys that collide, in an index that has to evict: whoever has a slot has it alone, and is found again. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void I10_aSlotBelongsToOneKeyAndThereAreNotMoreThanAllowed(long seed) {
        Random random = new Random(seed);
        int most = 1 + random.nextInt(3000);
        AtomicInteger evictions = new AtomicInteger();
        MirrorIndex index = new MirrorIndex(most, evictions::incrementAndGet);
        Map<Integer, Long> owners = new HashMap<>();
        Map<Long, Integer> slots = new HashMap<>();
        int claimed = 0;
        for (int round = 0; round < 60_000; round++) {
            long key = (long) random.nextInt(5000) << (random.nextBoolean() ? 0 : 20);
            int slot = index.find(key);
            assertThat(slot).as("seed %d, round %d", seed, round).isEqualTo(slots.getOrDefault(key, MirrorIndex.NONE));
            if (slot == MirrorIndex.NONE && random.nextInt(3) == 0) {
                int before = evictions.get();
                int taken = index.claim(key);
                assertThat(taken).isBetween(0, most - 1);
                assertThat(owners.containsKey(taken)).isEqualTo(evictions.get() > before);
                Long loser = owners.put(taken, key);
                if (loser != null) {
                    slots.remove(loser);
                }
                slots.put(key, taken);
                claimed++;
            }
            if (random.nextInt(20_000) == 0) {
                index.clear();
                owners.clear();
                slots.clear();
            }
        }
        assertThat(claimed).isPositive();
    }

    @Test
    void whatIsAskedForOutlivesWhatIsNot() {
        MirrorIndex index = new MirrorIndex(8, () -> {});
        index.claim(1000);
        for (long key = 0; key < 100; key++) {
            index.claim(key);
            assertThat(index.find(1000)).isNotEqualTo(MirrorIndex.NONE);
        }
        assertThat(index.find(0)).isEqualTo(MirrorIndex.NONE);
    }
}
