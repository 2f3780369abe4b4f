package io.rewind.cli.simulation;

import io.rewind.runtime.kafka.PartitionHandler;
import io.rewind.store.TestUpkeep;
import io.rewind.store.announce.Outbox;
import io.rewind.store.chunk.RocksChunkBodies;
import io.rewind.store.database.Database;
import io.rewind.store.ingest.PartitionIngest;
import io.rewind.store.ingest.Room;
import io.rewind.store.metrics.StoreMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** Whoever works on one partition of the chunks topic: one store or, by turns, several, each with a disk of its own. */
final class Store implements AutoCloseable {
    private static final long PENDING = 1 << 20;

    private final Broker broker;
    private final Chance chance;
    private final Oracle oracle;
    private final StoreMetrics metrics;
    private final Fuse fuse = new Fuse();
    private final List<Disk> disks = new ArrayList<>();
    private final Worker worker;
    private int owner;

    /** @param disk makes one that burns the fuse */
    Store(
            Broker broker,
            Chance chance,
            Oracle oracle,
            TopicPartition partition,
            int stores,
            Function<Fuse, Disk> disk,
            StoreMetrics metrics) {
        this.broker = broker;
        this.chance = chance;
        this.oracle = oracle;
        this.metrics = metrics;
        for (int i = 0; i < stores; i++) {
            disks.add(disk.apply(fuse));
        }
        this.worker = new Worker(broker, chance, partition, this::handler);
    }

    private PartitionHandler handler() {
        Disk disk = disks.get(owner);
        Database database = disk.open();
        Announcer announcer = new Announcer(
                broker, chance, fuse, announcement -> oracle.announced(announcement, database, disk.isSynced()));
        Outbox outbox = new Outbox(database, announcer);
        return new PartitionIngest(
                database,
                new RocksChunkBodies(),
                outbox,
                PENDING,
                TestUpkeep.of(database, outbox, metrics),
                new Room(() -> Long.MAX_VALUE, 0, metrics),
                metrics,
                () -> {});
    }

    Fuse fuse() {
        return fuse;
    }

    Worker worker() {
        return worker;
    }

    /** The process dies, and with it the machine or not. */
    void restart(boolean powerCut) {
        fuse.putOut();
        if (powerCut) {
            disks.get(owner).losePower();
        }
        worker.reopen();
    }

    /** Another store takes the partition over. */
    void move() {
        owner = (owner + 1) % disks.size();
        worker.reopen();
    }

    /** Of whoever has the partition now. */
    Database database() {
        return disks.get(owner).current();
    }

    List<Database> databases() {
        return disks.stream().map(Disk::current).toList();
    }

    @Override
    public void close() {
        worker.close();
        disks.forEach(Disk::close);
    }
}
