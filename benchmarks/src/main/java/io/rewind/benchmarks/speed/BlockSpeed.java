package io.rewind.benchmarks.speed;

import com.github.luben.zstd.ZstdCompressCtx;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockDigest;
import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.content.Difference;
import io.rewind.schemas.id.ChunkId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What is done to blocks and chunks, each over all of the same pages. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH has it set up
public class BlockSpeed {
    static final int PAGES = 2000;
    /** Of every method here. */
    static final long BYTES = (long) PAGES * Block.SIZE;

    private static final int CHUNK = 200;
    private static final int LEVEL = 3;
    /** As many as the reference settings allow. */
    private static final int LAYERS = 16;

    private byte[] pages;
    private byte[] touched;
    private List<byte[]> bodies;
    private List<ChunkId> ids;
    private List<byte[]> sealed;
    private byte[] differences;
    private int[] ends;
    private byte[] block;
    private MessageDigest sha;
    private ZstdCompressCtx zstd;

    @Setup
    public void make() throws NoSuchAlgorithmException {
        sha = MessageDigest.getInstance("SHA-256");
        zstd = new ZstdCompressCtx().setLevel(LEVEL);
        pages = Material.pages(1, PAGES);
        touched = Material.touched(pages, 2);
        bodies = new ArrayList<>();
        for (int page = 0; page < PAGES; page += CHUNK) {
            ByteBuffer body =
                    ByteBuffer.allocate(CHUNK * (Short.BYTES + Block.SIZE)).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < CHUNK; i++) {
                body.putShort((short) Block.SIZE);
            }
            bodies.add(body.put(pages, page * Block.SIZE, CHUNK * Block.SIZE).array());
        }
        ids = bodies.stream().map(body -> ChunkBody.of(body, CHUNK).id()).toList();
        sealed = bodies.stream().map(zstd::compress).toList();
        differences = new byte[PAGES * Block.SIZE];
        ends = new int[PAGES + 1];
        block = new byte[Block.SIZE];
        for (int page = 0; page < PAGES; page++) {
            ends[page + 1] = ends[page] + difference(page, ends[page]);
        }
    }

    private int difference(int page, int at) {
        int offset = page * Block.SIZE;
        return Difference.write(pages, offset, touched, offset, Block.SIZE, differences, at, Block.SIZE / 2);
    }

    @Benchmark
    public void sha256(Blackhole sink) {
        for (int at = 0; at < pages.length; at += Block.SIZE) {
            sha.update(pages, at, Block.SIZE);
            sink.consume(sha.digest());
        }
    }

    @Benchmark
    public void blockDigest(Blackhole sink) {
        for (int page = 0; page < PAGES; page++) {
            sink.consume(BlockDigest.of(page, pages, page * Block.SIZE, Block.SIZE));
        }
    }

    @Benchmark
    public void zstd(Blackhole sink) {
        bodies.forEach(body -> sink.consume(zstd.compress(body)));
    }

    @Benchmark
    public void seal(Blackhole sink) {
        for (byte[] body : bodies) {
            sink.consume(ChunkBody.of(body, CHUNK).id());
            sink.consume(zstd.compress(body));
        }
    }

    @Benchmark
    public void open(Blackhole sink) {
        for (int i = 0; i < sealed.size(); i++) {
            sink.consume(ChunkBody.open(ids.get(i), CHUNK, bodies.get(i).length, sealed.get(i)));
        }
    }

    @Benchmark
    public void patch(Blackhole sink) {
        for (int page = 0; page < PAGES; page++) {
            sink.consume(difference(page, ends[page]));
        }
    }

    @Benchmark
    public void unpatch(Blackhole sink) {
        apply(1, sink);
    }

    @Benchmark
    public void unpatchLayers(Blackhole sink) {
        apply(LAYERS, sink);
    }

    private void apply(int layers, Blackhole sink) {
        for (int page = 0; page < PAGES; page++) {
            System.arraycopy(pages, page * Block.SIZE, block, 0, Block.SIZE);
            for (int layer = 0; layer < layers; layer++) {
                Difference.apply(differences, ends[page], ends[page + 1], block, 0, Block.SIZE);
            }
            sink.consume(block);
        }
    }
}
