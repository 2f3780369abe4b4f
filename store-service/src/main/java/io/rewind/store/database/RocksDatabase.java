package io.rewind.store.database;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.store.fault.StoreFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.RocksObject;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** In RocksDB: a column family for each family, chunk bodies in blob files. */
final class RocksDatabase implements Database {
    private static final long BLOB_AT_LEAST = 512;
    private static final long BLOB_FILE = 64L << 20;
    private static final long WAL_BYTES = 64L << 20;
    private static final int OPEN_FILES = 256;

    private final RocksDB rocks;
    private final Map<Family, ColumnFamilyHandle> handles = new EnumMap<>(Family.class);
    private final List<AutoCloseable> owned = new ArrayList<>();
    private final ReadOptions live = new ReadOptions().setVerifyChecksums(true);
    private final WriteOptions unsynced = new WriteOptions();
    private final Readers readers = new Readers();
    private final Compactor compactor = new Compactor();

    private RocksDatabase(Path folder, DatabaseMemory memory) throws RocksDBException {
        BloomFilter bloom = own(new BloomFilter(10));
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockCache(memory.cache())
                .setFilterPolicy(bloom)
                .setCacheIndexAndFilterBlocks(true);
        List<ColumnFamilyDescriptor> wanted = new ArrayList<>();
        wanted.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, own(new ColumnFamilyOptions())));
        for (Family family : Family.values()) {
            wanted.add(new ColumnFamilyDescriptor(name(family), options(family, table)));
        }
        DBOptions options = own(new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setWriteBufferManager(memory.buffers())
                .setMaxTotalWalSize(WAL_BYTES)
                // A family of which little is written would keep the log of all others.
                .setAtomicFlush(true)
                .setMaxOpenFiles(OPEN_FILES)
                .setMaxBackgroundJobs(2)
                .setRateLimiter(compactor.limiter())
                .setKeepLogFileNum(2);
        List<ColumnFamilyHandle> opened = new ArrayList<>();
        try {
            rocks = RocksDB.open(options, folder.toString(), wanted, opened);
        } catch (RocksDBException e) {
            release();
            throw e;
        }
        owned.addAll(opened);
        int next = 1;
        for (Family family : Family.values()) {
            handles.put(family, opened.get(next++));
        }
    }

    private ColumnFamilyOptions options(Family family, BlockBasedTableConfig table) {
        ColumnFamilyOptions options = own(new ColumnFamilyOptions())
                .setTableFormatConfig(table)
                .setCompressionType(CompressionType.LZ4_COMPRESSION);
        if (family == Family.BODIES) {
            // Bodies are compressed already; they are written anew only when that is asked for.
            options.setEnableBlobFiles(true)
                    .setMinBlobSize(BLOB_AT_LEAST)
                    .setBlobFileSize(BLOB_FILE)
                    .setCompressionType(CompressionType.NO_COMPRESSION);
        }
        return options;
    }

    private static byte[] name(Family family) {
        return family.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }

    private <T extends AutoCloseable> T own(T resource) {
        owned.add(resource);
        return resource;
    }

    static RocksDatabase open(Path folder, DatabaseMemory memory) {
        try {
            Files.createDirectories(folder);
            return new RocksDatabase(folder, memory);
        } catch (RocksDBException e) {
            throw isLocked(e) ? busy(folder, e) : fault(e);
        } catch (IOException e) {
            throw new UncheckedIOException(folder.toString(), e);
        }
    }

    /** The database says no more than that the file LOCK could not be locked. */
    private static boolean isLocked(RocksDBException e) {
        Status status = e.getStatus();
        return status != null
                && status.getCode() == Status.Code.IOError
                && String.valueOf(e.getMessage()).contains("/LOCK:");
    }

    private static Fault busy(Path folder, RocksDBException e) {
        return new Fault(
                StoreFault.PARTITION_BUSY, Severity.RETRYABLE, folder.getFileName() + " is open in another store", e);
    }

    @Override
    public Commit begin() {
        return new RocksCommit(this);
    }

    @Override
    public void sync() {
        try {
            rocks.flushWal(true);
        } catch (RocksDBException e) {
            throw fault(e);
        }
    }

    @Override
    public SnapshotView snapshot() {
        return new RocksSnapshot(this, readers);
    }

    @Override
    public Optional<byte[]> get(Family family, byte[] key) {
        return get(family, key, live);
    }

    @Override
    public void scan(Family family, byte[] prefix, Visitor visitor) {
        scan(family, prefix, live, visitor);
    }

    Optional<byte[]> get(Family family, byte[] key, ReadOptions options) {
        try {
            return Optional.ofNullable(rocks.get(handle(family), options, key));
        } catch (RocksDBException e) {
            throw fault(e);
        }
    }

    void scan(Family family, byte[] prefix, ReadOptions options, Visitor visitor) {
        try (RocksIterator at = rocks.newIterator(handle(family), options)) {
            for (at.seek(prefix); at.isValid() && startsWith(at.key(), prefix); at.next()) {
                if (!visitor.visit(at.key(), at.value())) {
                    return;
                }
            }
            at.status();
        } catch (RocksDBException e) {
            throw fault(e);
        }
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    @Override
    public long diskBytes() {
        return property("rocksdb.total-sst-files-size") + property("rocksdb.total-blob-file-size");
    }

    @Override
    public long bodyBytes() {
        return reading(() -> rocks.getLongProperty(handle(Family.BODIES), "rocksdb.live-blob-file-size"));
    }

    @Override
    public void compact(Family family, long rate) {
        long _ = reading(() -> {
            compactor.compact(rocks, handle(family), rate);
            return 0L;
        });
    }

    @Override
    public void rewriteBodies(long rate) {
        long _ = reading(() -> {
            compactor.rewriteBlobs(rocks, handle(Family.BODIES), rate);
            return 0L;
        });
    }

    private interface Asking {
        long ask() throws RocksDBException;
    }

    /** The database stays open meanwhile. */
    private long reading(Asking asking) {
        readers.enter();
        try {
            return asking.ask();
        } catch (RocksDBException e) {
            readers.check();
            throw fault(e);
        } finally {
            readers.leave();
        }
    }

    private long property(String name) {
        return reading(() -> {
            long sum = 0;
            for (ColumnFamilyHandle handle : handles.values()) {
                sum += rocks.getLongProperty(handle, name);
            }
            return sum;
        });
    }

    void write(WriteBatch batch) {
        try {
            rocks.write(unsynced, batch);
        } catch (RocksDBException e) {
            Fault fault = fault(e);
            // After damage was met by a compaction nothing is written any more: that is no record's fault.
            throw fault.code() == StoreFault.STORE_DAMAGED
                    ? new Fault(StoreFault.STORE_FAILED, Severity.FATAL, fault.sentence(), e)
                    : fault;
        }
    }

    ColumnFamilyHandle handle(Family family) {
        return Objects.requireNonNull(handles.get(family));
    }

    RocksDB rocks() {
        return rocks;
    }

    static Fault fault(RocksDBException e) {
        Status status = e.getStatus();
        String said = "the database says: " + e.getMessage();
        if (status != null && status.getCode() == Status.Code.Corruption) {
            return new Fault(StoreFault.STORE_DAMAGED, Severity.REJECTED, said, e);
        }
        if (status != null && status.getSubCode() == Status.SubCode.NoSpace) {
            return new Fault(StoreFault.STORE_FULL, Severity.RETRYABLE, said, e);
        }
        return new Fault(StoreFault.STORE_FAILED, Severity.FATAL, said, e);
    }

    @Override
    public void close() {
        compactor.cancel();
        if (!readers.close()) {
            return;
        }
        for (AutoCloseable resource : owned) {
            if (resource instanceof ColumnFamilyHandle handle) {
                handle.close();
            }
        }
        rocks.close();
        release();
    }

    /** What was made for the database, without it. */
    private void release() {
        live.close();
        unsynced.close();
        for (AutoCloseable resource : owned) {
            if (resource instanceof RocksObject object && !(object instanceof ColumnFamilyHandle)) {
                object.close();
            }
        }
        compactor.close();
    }
}
