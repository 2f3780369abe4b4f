package io.rewind.store.database;

import java.util.concurrent.atomic.AtomicBoolean;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;
import org.rocksdb.MutableColumnFamilyOptions;
import org.rocksdb.RateLimiter;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Compactions on request, at a bounded rate; reading and writing go on meanwhile. Must be closed after the database. */
final class Compactor implements AutoCloseable {
    private static final long UNBOUNDED = 1L << 40;

    private final RateLimiter limiter = new RateLimiter(UNBOUNDED);
    private final CompactRangeOptions options = new CompactRangeOptions()
            .setExclusiveManualCompaction(false)
            .setBottommostLevelCompaction(BottommostLevelCompaction.kForceOptimized);
    private final AtomicBoolean cancelled = new AtomicBoolean();

    /** To be built into the database. */
    RateLimiter limiter() {
        return limiter;
    }

    /** @param rate bytes a second that all of the database's files together are written with meanwhile */
    void compact(RocksDB rocks, ColumnFamilyHandle family, long rate) throws RocksDBException {
        limiter.setBytesPerSecond(rate);
        try {
            if (!cancelled.get()) {
                rocks.compactRange(family, null, null, options);
            }
        } finally {
            limiter.setBytesPerSecond(UNBOUNDED);
        }
    }

    /** Writes anew what is left in blob files; the old ones go. */
    void rewriteBlobs(RocksDB rocks, ColumnFamilyHandle family, long rate) throws RocksDBException {
        rocks.setOptions(family, collecting(true));
        try {
            compact(rocks, family, rate);
        } finally {
            rocks.setOptions(family, collecting(false));
        }
    }

    private static MutableColumnFamilyOptions collecting(boolean on) {
        return MutableColumnFamilyOptions.builder()
                .setEnableBlobGarbageCollection(on)
                .setBlobGarbageCollectionAgeCutoff(1)
                .build();
    }

    /** Whatever is under way ends soon with an exception; nothing more begins. */
    void cancel() {
        if (cancelled.compareAndSet(false, true)) {
            options.setCanceled(true);
        }
    }

    @Override
    public void close() {
        options.close();
        limiter.close();
    }
}
