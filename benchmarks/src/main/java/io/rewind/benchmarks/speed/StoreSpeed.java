package io.rewind.benchmarks.speed;

import io.rewind.schemas.client.TimelineClient;
import io.rewind.schemas.id.ChunkId;
import io.rewind.store.chunk.RocksChunkBodies;
import io.rewind.store.database.Database;
import io.rewind.store.read.OpenPartitions;
import io.rewind.store.read.ReadServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** A store's partition: from records of the chunks topic to disk, synced, and from there over the read API. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StoreSpeed {
    /** Of the points' pages, before encoding. */
    static final long BYTES = StoreStand.POINTS * BlockSpeed.BYTES;

    /** A database with nothing in it. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init") // JMH has it set up
    public static class Empty {
        private StoreStand stand;
        private Database database;

        @Setup(Level.Trial)
        public void make() throws IOException {
            stand = StoreStand.withPoints();
        }

        @Setup(Level.Invocation)
        public void open() {
            database = stand.open();
        }

        @TearDown(Level.Invocation)
        public void close() {
            database.close();
        }

        @TearDown(Level.Trial)
        public void remove() throws IOException {
            stand.close();
        }
    }

    /** One with all points, and a server and a client on loopback. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init") // JMH has it set up
    public static class Filled {
        private StoreStand stand;
        private Database database;
        private ReadServer server;
        private TimelineClient client;

        @Setup(Level.Trial)
        public void make() throws IOException {
            stand = StoreStand.withPoints();
            database = stand.open();
            stand.ingest(database);
            OpenPartitions partitions = new OpenPartitions();
            partitions.add(0, database, stand.upkeep(database));
            server = new ReadServer(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    Optional.empty(),
                    partitions,
                    new RocksChunkBodies(),
                    4,
                    stand.metrics());
            server.start();
            client = new TimelineClient(List.of("127.0.0.1:" + server.port()));
        }

        @TearDown(Level.Trial)
        public void remove() throws IOException {
            client.close();
            server.close();
            database.close();
            stand.close();
        }
    }

    @Benchmark
    public void ingest(Empty state) {
        state.stand.ingest(state.database);
    }

    @Benchmark
    public void read(Filled state, Blackhole sink) {
        for (int point = 0; point < StoreStand.POINTS; point++) {
            Set<ChunkId> chunks = new LinkedHashSet<>();
            state.client.point(Capture.TIMELINE, Capture.point(point)).streams(part -> chunks.addAll(part.chunks()));
            state.client.chunks(Capture.TIMELINE, chunks, (_, body) -> sink.consume(body));
        }
    }
}
