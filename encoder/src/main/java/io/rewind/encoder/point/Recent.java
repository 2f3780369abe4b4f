package io.rewind.encoder.point;

import java.util.LinkedHashMap;
import java.util.Map;

/** The entries last put, at most so many. For one thread. */
final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int most;

    Recent(int most) {
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
