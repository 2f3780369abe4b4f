package io.rewind.encoder.content;

import io.rewind.encoder.map.BlockPlace;
import io.rewind.schemas.content.BlockKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where blocks were stored, the least recently used forgotten first. Bounded in bytes by an estimate of what one entry
 * takes; may be emptied at any time. For one thread.
 */
public final class DedupCache {
    /** Map entry 40, key 32, value 32, its share of the table and of the chunk's id 8. */
    public static final int ENTRY_BYTES = 112;

    private final long reachMillis;
    private final LinkedHashMap<BlockKey, Known> entries;

    private static final class Known {
        final BlockPlace place;
        long used;

        Known(BlockPlace place, long used) {
            this.place = place;
            this.used = used;
        }
    }

    /**
     * @param bytes most memory
     * @param reach an entry not used for this long is not answered any more: the store may have let its chunk go
     */
    public DedupCache(long bytes, Duration reach) {
        int most = Math.clamp(bytes / ENTRY_BYTES, 1, 1 << 28);
        this.reachMillis = reach.toMillis();
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<BlockKey, Known> eldest) {
                return size() > most;
            }
        };
    }

    /** @param now milliseconds on the records' own clock */
    Optional<BlockPlace> find(BlockKey key, long now) {
        Known entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (now - entry.used > reachMillis) {
            entries.remove(key);
            return Optional.empty();
        }
        entry.used = Math.max(entry.used, now);
        return Optional.of(entry.place);
    }

    void put(BlockKey key, BlockPlace place, long now) {
        entries.put(key, new Known(place, now));
    }

    public int size() {
        return entries.size();
    }

    public void clear() {
        entries.clear();
    }
}
