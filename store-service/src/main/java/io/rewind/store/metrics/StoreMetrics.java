package io.rewind.store.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/** What the store counts. Bytes are bytes on disk before the database's own compression, unless said otherwise. */
public final class StoreMetrics {
    private final MeterRegistry registry;
    private final Counter committed;
    private final Counter pointBytes;
    private final Counter chunks;
    private final Counter chunkBytes;
    private final AtomicReference<Duration> lag = new AtomicReference<>(Duration.ZERO);

    public StoreMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.committed = registry.counter("rewind.store.points.committed");
        this.pointBytes = registry.counter("rewind.store.points.bytes");
        this.chunks = registry.counter("rewind.store.chunks");
        this.chunkBytes = registry.counter("rewind.store.chunks.bytes");
        Gauge.builder("rewind.store.lag.seconds", lag, l -> l.get().toMillis() / 1000.0)
                .description("from the freeze of the newest point to its commit")
                .register(registry);
    }

    /** @param captured the instant of the point's freeze */
    public void committed(Instant captured, Instant now, long storedBytes) {
        committed.increment();
        pointBytes.increment((double) storedBytes);
        lag.set(Duration.between(captured, now));
    }

    public void rejected(String code) {
        registry.counter("rewind.store.points.rejected", "code", code).increment();
    }

    public void chunk(long diskBytes) {
        chunks.increment();
        chunkBytes.increment((double) diskBytes);
    }

    /** A call of the read API, by its method and how it ended. */
    public void read(String method, String status) {
        registry.counter("rewind.store.reads", "method", method, "status", status)
                .increment();
    }

    /** Bytes of all database files. */
    public <T> void disk(T state, ToDoubleFunction<T> bytes) {
        registry.gauge("rewind.store.disk.bytes", Tags.empty(), state, bytes);
    }
}
