package io.rewind.encoder.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Every number of the encoder. Counters count work done: a replay counts again. Thread-safe. */
public final class EncoderMetrics {
    private final MeterRegistry registry;
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
        this.registry = registry;
        points = counter("rewind.encoder.points", "points encoded").register(registry);
        zero = blocks("zero");
        duplicate = blocks("duplicate");
        stored = blocks("stored");
        patched = blocks("patched");
        patchBytes = counter("rewind.encoder.patches", "chunk bodies of patches sent")
                .baseUnit("bytes")
                .register(registry);
        mirrorHits = mirror("hit");
        mirrorMisses = mirror("miss");
        mirrorEvictions = mirror("evicted");
        mirrorFailures = mirror("failed");
        raw = counter("rewind.encoder.raw", "content taken, before encoding")
                .baseUnit("bytes")
                .register(registry);
        encoded = counter("rewind.encoder.encoded", "chunk bodies, map parts and point records sent")
                .baseUnit("bytes")
                .register(registry);
        skipped = counter("rewind.encoder.records.skipped", "records of points that are over")
                .register(registry);
    }

    private static Counter.Builder counter(String name, String description) {
        return Counter.builder(name).description(description);
    }

    private Counter blocks(String outcome) {
        return counter("rewind.encoder.blocks", "blocks by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }

    private Counter mirror(String outcome) {
        return counter(
                        "rewind.encoder.mirror",
                        "blocks whose earlier version was known, was not, or gave way; failures")
                .tag("outcome", outcome)
                .register(registry);
    }

    public void point() {
        points.increment();
    }

    /** @param code why, a {@code FaultCode}'s name */
    public void broken(String code) {
        counter("rewind.encoder.points.broken", "points given up, by reason")
                .tag("code", code)
                .register(registry)
                .increment();
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

    /** The gauges of one partition; they go when it is closed. */
    public PartitionGauges partition(int partition) {
        AtomicLong entries = new AtomicLong();
        AtomicLong behind = new AtomicLong();
        String tag = Integer.toString(partition);
        return new PartitionGauges(
                registry,
                entries,
                behind,
                List.of(
                        Gauge.builder("rewind.encoder.cache.entries", entries, AtomicLong::doubleValue)
                                .description("blocks whose place is remembered")
                                .tag("partition", tag)
                                .register(registry),
                        Gauge.builder("rewind.encoder.behind", behind, millis -> millis.doubleValue() / 1000)
                                .description("age of the newest record taken, when it was taken")
                                .baseUnit("seconds")
                                .tag("partition", tag)
                                .register(registry)));
    }

    /** Set by the partition's thread, read by scrapes. */
    public record PartitionGauges(
            MeterRegistry registry, AtomicLong cacheEntries, AtomicLong behindMillis, List<Meter> meters)
            implements AutoCloseable {
        @Override
        public void close() {
            meters.forEach(registry::remove);
        }
    }
}
