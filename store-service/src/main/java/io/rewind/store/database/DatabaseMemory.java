package io.rewind.store.database;

import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/** The memory that all databases of a process share: one block cache, one bound on what waits to be flushed. */
public final class DatabaseMemory implements AutoCloseable {
    static {
        RocksDB.loadLibrary();
    }

    private final Cache cache;
    private final WriteBufferManager buffers;

    /** Both in bytes. */
    public DatabaseMemory(long cacheBytes, long bufferBytes) {
        this.cache = new LRUCache(cacheBytes);
        this.buffers = new WriteBufferManager(bufferBytes, cache);
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager buffers() {
        return buffers;
    }

    /** After every database that uses it. */
    @Override
    public void close() {
        buffers.close();
        cache.close();
    }
}
