package io.rewind.store.upkeep;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the partitions of a store take together, each as its last collection found it. */
public final class Usage {
    private final Map<Integer, Long> live = new ConcurrentHashMap<>();

    void set(int partition, long bytes) {
        live.put(partition, bytes);
    }

    void remove(int partition) {
        live.remove(partition);
    }

    /** Bytes that a partition has to give so that all together take no more than {@code limit}, each its part. */
    long excess(int partition, long limit) {
        double all = live.values().stream().mapToDouble(Long::doubleValue).sum();
        long mine = live.getOrDefault(partition, 0L);
        return all <= limit ? 0 : (long) Math.ceil((all - limit) * mine / all);
    }
}
