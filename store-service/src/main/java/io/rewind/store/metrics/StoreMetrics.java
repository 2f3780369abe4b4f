package io.rewind.store.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.rewind.runtime.metrics.Meters;
import io.rewind.runtime.metrics.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

/** What the store counts. Bytes are bytes on disk before the database's own compression, unless said otherwise. */
public final class StoreMetrics {
    private static final Metric COMMITTED = Metric.counter("rewind_store_points_committed_total", "Points committed");
    private static final Metric REJECTED =
            Metric.counter("rewind_store_points_rejected_total", "Points rejected, by reason", "code");
    private static final Metric POINT_BYTES = Metric.counter(
            "rewind_store_points_bytes_total", "Disk taken for committed points, before the database's compression");
    private static final Metric CHUNKS = Metric.counter("rewind_store_chunks_total", "Chunks stored");
    private static final Metric CHUNK_BYTES = Metric.counter(
            "rewind_store_chunks_bytes_total", "Disk taken for chunks, before the database's compression");
    private static final Metric DELAY =
            Metric.histogram("rewind_store_commit_delay_seconds", "From the freeze of a point until it was restorable");
    private static final Metric NEWEST = Metric.gauge(
            "rewind_store_newest_point_timestamp_seconds",
            "When the newest restorable point was captured, since 1970; gone a day later",
            "host",
            "container");
    private static final Metric READS =
            Metric.counter("rewind_store_reads_total", "Calls of the read API", "method", "status");
    private static final Metric DISK = Metric.gauge("rewind_store_disk_bytes", "Bytes of all database files");
    private static final Metric EXPIRED =
            Metric.counter("rewind_store_points_expired_total", "Points that were let go, by reason", "reason");
    private static final Metric COLLECTED = Metric.counter(
            "rewind_store_collected_bytes_total", "Bytes that nothing referred to any more, as counted when they came");
    private static final Metric MISSED = Metric.counter(
            "rewind_store_records_missed_total", "Records that Kafka no longer had when the store came to need them");
    private static final Metric UPKEEP_FAILED =
            Metric.counter("rewind_store_upkeep_failed_total", "Attempts at upkeep that ended with a fault", "code");
    private static final Metric FULL = Metric.gauge("rewind_store_full", "1 while records wait for room on the disk");
    public static final List<Metric> ALL = List.of(
            COMMITTED,
            REJECTED,
            POINT_BYTES,
            CHUNKS,
            CHUNK_BYTES,
            DELAY,
            NEWEST,
            READS,
            DISK,
            EXPIRED,
            COLLECTED,
            MISSED,
            UPKEEP_FAILED,
            FULL);

    private final Meters meters;
    private final Counter committed;
    private final Counter pointBytes;
    private final Counter chunks;
    private final Counter chunkBytes;
    private final Timer delay;
    private final Counter missed;
    private final AtomicInteger full = new AtomicInteger();

    public StoreMetrics(MeterRegistry registry) {
        this.meters = new Meters(registry);
        this.committed = meters.counter(COMMITTED);
        this.pointBytes = meters.counter(POINT_BYTES);
        this.chunks = meters.counter(CHUNKS);
        this.chunkBytes = meters.counter(CHUNK_BYTES);
        this.delay = meters.timer(DELAY);
        this.missed = meters.counter(MISSED);
        meters.gauge(FULL, full, AtomicInteger::get);
    }

    /** @param captured the instant of the point's freeze */
    public void committed(Instant captured, Instant now, long storedBytes) {
        committed.increment();
        pointBytes.increment((double) storedBytes);
        delay.record(Duration.between(captured, now));
    }

    public void rejected(String code) {
        meters.counter(REJECTED, code).increment();
    }

    public void chunk(long diskBytes) {
        chunks.increment();
        chunkBytes.increment((double) diskBytes);
    }

    /** Points that were let go, and why. */
    public void expired(String reason, int points) {
        meters.counter(EXPIRED, reason).increment(points);
    }

    /** Bytes that nothing referred to any more, as they were counted when they came. */
    public void collected(long bytes) {
        meters.counter(COLLECTED).increment((double) bytes);
    }

    /** Records that Kafka no longer had. */
    public void missed(long records) {
        missed.increment((double) records);
    }

    /** An attempt at upkeep that ended with a fault. */
    public void upkeepFailed(String code) {
        meters.counter(UPKEEP_FAILED, code).increment();
    }

    /** Whether records wait for room on the disk. */
    public void full(boolean now) {
        full.set(now ? 1 : 0);
    }

    /** A call of the read API, by its method and how it ended. */
    public void read(String method, String status) {
        meters.counter(READS, method, status).increment();
    }

    /** Bytes of all database files. */
    public <T> void disk(T state, ToDoubleFunction<T> bytes) {
        meters.gauge(DISK, state, bytes);
    }

    void newest(String host, String container, Instant captured) {
        meters.set(NEWEST, captured.toEpochMilli() / 1000.0, host, container);
    }

    void forgetNewest(String host, String container) {
        meters.unset(NEWEST, host, container);
    }
}
