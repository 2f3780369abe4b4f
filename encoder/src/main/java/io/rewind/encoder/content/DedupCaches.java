package io.rewind.encoder.content;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The caches of one partition. Timelines of a capture partition may refer to each other's chunks only when they share
 * a partition of the chunks topic as well, for each of the store's partitions knows its own chunks only. Where they may
 * not, each timeline has a cache of its own and the least recently used of them go. For one thread.
 */
public final class DedupCaches {
    private static final int TIMELINES = 16;
    private static final String ALL = "";

    private final boolean shared;
    private final long bytes;
    private final Duration reach;
    private final LinkedHashMap<String, DedupCache> caches;

    /** @param bytes most memory of all caches together */
    public DedupCaches(boolean shared, long bytes, Duration reach) {
        this.shared = shared;
        this.bytes = shared ? bytes : bytes / TIMELINES;
        this.reach = reach;
        this.caches = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, DedupCache> eldest) {
                return size() > TIMELINES;
            }
        };
    }

    /** Not to be kept: ask again for each record. */
    public DedupCache of(String timeline) {
        return caches.computeIfAbsent(shared ? ALL : timeline, _ -> new DedupCache(bytes, reach));
    }

    /** Blocks known, over all timelines. */
    public long size() {
        return caches.values().stream().mapToLong(DedupCache::size).sum();
    }

    /** Forgets everything. */
    public void clear() {
        caches.clear();
    }
}
