package io.rewind.store.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/** What the store counts. Bytes are bytes on disk before the database's own compression, unless said otherwise. */
public final class StoreMetrics {
    private final MeterRegistry registry;
    private final Counter committed;
    private final Counter pointBytes;
    private final Counter chunks;
    private final Counter chunkBytes;
    private final AtomicInteger full = new AtomicInteger();
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
        Gauge.builder("rewind.store.full", full, AtomicInteger::get)
                .description("1 while records wait for room on the disk")
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

    /** Points that were let go, and why. */
    public void expired(String reason, int points) {
        registry.counter("rewind.store.points.expired", "reason", reason).increment(points);
    }

    /** Bytes that nothing referred to any more, as they were counted when they came. */
    public void collected(long bytes) {
        registry.counter("rewind.store.collected.bytes").increment((double) bytes);
    }

    /** An attempt at upkeep that ended with a fault. */
    public void upkeepFailed(String code) {
        registry.counter("rewind.store.upkeep.failed", "code", code).increment();
    }

    /** Whether records wait for room on the disk. */
    public void full(boolean now) {
        full.set(now ? 1 : 0);
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
