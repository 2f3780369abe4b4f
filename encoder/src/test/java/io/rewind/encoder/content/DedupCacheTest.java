package io.rewind.encoder.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.encoder.map.BlockPlace;
import io.rewind.schemas.content.BlockKey;
import io.rewind.schemas.id.ChunkId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DedupCacheTest {
    private static final BlockPlace PLACE = new BlockPlace(new ChunkId(1, 2), 3);

    private static BlockKey key(int n) {
        return new BlockKey(n, n * 31L);
    }

    @Test
    void I10_theLeastRecentlyUsedGoFirst() {
        DedupCache cache = new DedupCache(100L * DedupCache.ENTRY_BYTES, Duration.ofHours(1));
        for (int i = 0; i < 1000; i++) {
            cache.put(key(i), PLACE, 0);
            assertThat(cache.find(key(0), 0)).isPresent();
        }
        assertThat(cache.size()).isEqualTo(100);
        assertThat(cache.find(key(500), 0)).isEmpty();
        assertThat(cache.find(key(999), 0)).contains(PLACE);
    }

    @Test
    void whatWasNotUsedWithinReachIsNotAnswered() {
        DedupCache cache = new DedupCache(1 << 20, Duration.ofMillis(100));
        cache.put(key(1), PLACE, 0);
        assertThat(cache.find(key(1), 100)).contains(PLACE);
        assertThat(cache.find(key(1), 200)).as("used again at 100").contains(PLACE);
        assertThat(cache.find(key(1), 301)).isEmpty();
        assertThat(cache.size()).isZero();
    }

    @Test
    void I10_cachesOfManyTimelinesTogetherStayBounded() {
        DedupCaches caches = new DedupCaches(false, 1600L * DedupCache.ENTRY_BYTES, Duration.ofHours(1));
        for (int timeline = 0; timeline < 100; timeline++) {
            for (int i = 0; i < 200; i++) {
                caches.of("t" + timeline).put(key(i), PLACE, 0);
            }
        }
        assertThat(caches.size()).isEqualTo(1600);
        assertThat(caches.of("t0").find(key(199), 0)).isEmpty();
    }
}
