package io.rewind.store.database;

/** Writes that become visible and durable together or not at all. For one thread; nothing happens before it is written. */
public interface Commit extends AutoCloseable {
    void put(Family family, byte[] key, byte[] value);

    void delete(Family family, byte[] key);

    /**
     * Survives a crash of the process; of the machine only after {@link Database#sync()}.
     *
     * @throws io.rewind.runtime.fault.Fault RETRYABLE STORE_FULL: nothing has been written
     */
    void write();

    @Override
    void close();
}
