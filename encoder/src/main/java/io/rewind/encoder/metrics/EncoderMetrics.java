package io.rewind.encoder.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.rewind.runtime.metrics.Meters;
import io.rewind.runtime.metrics.Metric;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Every number of the encoder. Counters count work done: a replay counts again. Thread-safe. */
public final class EncoderMetrics {
    private static final Metric POINTS = Metric.counter("rewind_encoder_points_total", "Points encoded");
    private static final Metric BROKEN =
            Metric.counter("rewind_encoder_points_broken_total", "Points given up, by reason", "code");
    private static final Metric BLOCKS = Metric.counter(
            "rewind_encoder_blocks_total",
            "Blocks by what became of them: zero, duplicate, patched or stored whole",
            "outcome");
    private static final Metric RAW =
            Metric.counter("rewind_encoder_raw_bytes_total", "Content taken, before encoding");
    private static final Metric ENCODED =
            Metric.counter("rewind_encoder_encoded_bytes_total", "Chunk bodies, map parts and point records sent");
    private static final Metric PATCHES =
            Metric.counter("rewind_encoder_patches_bytes_total", "Chunk bodies of patches sent");
    private static final Metric SKIPPED =
            Metric.counter("rewind_encoder_records_skipped_total", "Records of points that are over");
    private static final Metric MIRROR = Metric.counter(
            "rewind_encoder_mirror_total",
            "Blocks whose earlier version was known (hit), was not (miss) or gave way (evicted); failures of its disk",
            "outcome");
    private static final Metric CACHE =
            Metric.gauge("rewind_encoder_cache_entries", "Blocks whose place is remembered", "partition");
    public static final List<Metric> ALL =
            List.of(POINTS, BROKEN, BLOCKS, RAW, ENCODED, PATCHES, SKIPPED, MIRROR, CACHE);

    private final Meters meters;
    private final Counter points;
    private final Counter zero;
    private final Counter duplicate;
    private final Counter stored;
    private final Counter raw;
    private final Counter encoded;
    private final Counter skipped;
    private final Counter patched;
    private final Counter patchBytes;
    private final Counter mirrorHits;
    private final Counter mirrorMisses;
    private final Counter mirrorEvictions;
    private final Counter mirrorFailures;

    public EncoderMetrics(MeterRegistry registry) {
        meters = new Meters(registry);
        points = meters.counter(POINTS);
        zero = meters.counter(BLOCKS, "zero");
        duplicate = meters.counter(BLOCKS, "duplicate");
        stored = meters.counter(BLOCKS, "stored");
        patched = meters.counter(BLOCKS, "patched");
        patchBytes = meters.counter(PATCHES);
        mirrorHits = meters.counter(MIRROR, "hit");
        mirrorMisses = meters.counter(MIRROR, "miss");
        mirrorEvictions = meters.counter(MIRROR, "evicted");
        mirrorFailures = meters.counter(MIRROR, "failed");
        raw = meters.counter(RAW);
        encoded = meters.counter(ENCODED);
        skipped = meters.counter(SKIPPED);
    }

    public void point() {
        points.increment();
    }

    /** @param code why, a {@code FaultCode}'s name */
    public void broken(String code) {
        meters.counter(BROKEN, code).increment();
    }

    public void zeroBlock() {
        zero.increment();
    }

    public void duplicateBlock() {
        duplicate.increment();
    }

    public void storedBlock() {
        stored.increment();
    }

    public void patchedBlock() {
        patched.increment();
    }

    public void patchBytes(long bytes) {
        patchBytes.increment((double) bytes);
    }

    public void mirrorHit() {
        mirrorHits.increment();
    }

    public void mirrorMiss() {
        mirrorMisses.increment();
    }

    public void mirrorEvicted() {
        mirrorEvictions.increment();
    }

    /** Its disk failed: all is forgotten. */
    public void mirrorFailed() {
        mirrorFailures.increment();
    }

    public void rawBytes(long bytes) {
        raw.increment((double) bytes);
    }

    public void encodedBytes(long bytes) {
        encoded.increment((double) bytes);
    }

    public void skipped() {
        skipped.increment();
    }

    /** The gauge of one partition; it goes when it is closed. */
    public PartitionGauges partition(int partition) {
        AtomicLong entries = new AtomicLong();
        return new PartitionGauges(
                meters, entries, meters.gauge(CACHE, entries, AtomicLong::doubleValue, Integer.toString(partition)));
    }

    /** Set by the partition's thread, read by scrapes. */
    public record PartitionGauges(Meters meters, AtomicLong cacheEntries, Gauge gauge) implements AutoCloseable {
        @Override
        public void close() {
            meters.remove(gauge);
        }
    }
}
