package io.rewind.benchmarks.scale;

import com.github.luben.zstd.Zstd;
import io.rewind.event.BlockRun;
import io.rewind.event.ChunkRecord;
import io.rewind.event.Fingerprint;
import io.rewind.event.PointHeader;
import io.rewind.event.PointKind;
import io.rewind.event.PointMapPart;
import io.rewind.event.PointRecord;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockDigest;
import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.wire.Wire;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A timeline as the encoder would send it, of a container that never was: one space, of which each point after the first
 * changes one page in a hundred, at random. The same seed makes the same contents. For one thread.
 */
final class SyntheticTimeline {
    static final int ONE_IN = 100;
    /** Of each page; the rest of it repeats one byte. */
    static final int NOISE = 256;

    private static final int CHUNK_PAGES = 256;
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int LEVEL = 3;

    private final String id;
    private final SplittableRandom random;
    private final BlockDigest[] digests;
    private BlockDigest whole = BlockDigest.EMPTY;
    private Instant captured;
    private Optional<String> newest = Optional.empty();

    /**
     * @param begin when the first point was captured, to the millisecond
     * @param pages of the space
     */
    SyntheticTimeline(long seed, Instant begin, int pages) {
        this.random = new SplittableRandom(seed);
        this.id = HexFormat.of().toHexDigits(random.nextLong());
        this.captured = begin;
        this.digests = new BlockDigest[pages];
        Arrays.fill(digests, BlockDigest.EMPTY);
    }

    String id() {
        return id;
    }

    /** The container's, in records. */
    String name() {
        return "synthetic-" + id;
    }

    /** When the point that comes next will have been captured. */
    Instant nextCaptured() {
        return captured;
    }

    /** Values for the chunks topic: chunks, map, point. */
    List<byte[]> next() {
        int[] pages = newest.isEmpty()
                ? IntStream.range(0, digests.length).toArray()
                : random.ints(0, digests.length)
                        .distinct()
                        .limit(digests.length / ONE_IN)
                        .sorted()
                        .toArray();
        List<byte[]> records = new ArrayList<>();
        List<ByteBuffer> chunks = new ArrayList<>();
        List<BlockRun> runs = new ArrayList<>();
        for (int from = 0; from < pages.length; from += CHUNK_PAGES) {
            int[] some = Arrays.copyOfRange(pages, from, Math.min(pages.length, from + CHUNK_PAGES));
            for (int at = 0; at < some.length; at++) {
                runs.add(new BlockRun((long) some[at], 1, chunks.size(), at));
            }
            ChunkRecord chunk = chunk(some);
            chunks.add(chunk.getId());
            records.add(Wire.encode(chunk));
        }
        PointId point = PointId.at(captured);
        records.add(Wire.encode(new PointMapPart(id, point.text(), 0, chunks, List.of(change(joined(runs))), 0L)));
        long encoded = records.stream().mapToLong(bytes -> bytes.length).sum();
        records.add(Wire.encode(
                new PointRecord(header(point.text(), pages.length), ByteBuffer.wrap(spec()), 1, encoded, 0L)));
        newest = Optional.of(point.text());
        captured = captured.plus(INTERVAL);
        return records;
    }

    private ChunkRecord chunk(int[] pages) {
        ByteBuffer body =
                ByteBuffer.allocate(pages.length * (Short.BYTES + Block.SIZE)).order(ByteOrder.LITTLE_ENDIAN);
        for (int _ : pages) {
            body.putShort((short) Block.SIZE);
        }
        byte[] content = new byte[Block.SIZE];
        byte[] noise = new byte[NOISE];
        for (int page : pages) {
            random.nextBytes(noise);
            Arrays.fill(content, noise[0]);
            System.arraycopy(noise, 0, content, 0, NOISE);
            body.put(content);
            BlockDigest digest = BlockDigest.of(page, content, 0, Block.SIZE);
            whole = whole.minus(digests[page]).plus(digest);
            digests[page] = digest;
        }
        return new ChunkRecord(
                id,
                ByteBuffer.wrap(ChunkBody.of(body.array(), pages.length).id().toBytes()),
                pages.length,
                body.capacity(),
                ByteBuffer.wrap(Zstd.compress(body.array(), LEVEL)));
    }

    private StreamChange change(List<BlockRun> runs) {
        return StreamChange.newBuilder()
                .setKind(StreamKind.MEMORY)
                .setTree("")
                .setName(ByteBuffer.wrap("1".getBytes(StandardCharsets.UTF_8)))
                .setRemoved(false)
                .setMeta(null)
                .setSize((long) digests.length)
                .setDigest(whole.toBytes())
                .setRuns(runs)
                .build();
    }

    /** Runs that go on where the one before ended, as one. */
    private static List<BlockRun> joined(List<BlockRun> single) {
        List<BlockRun> runs = new ArrayList<>();
        for (BlockRun next : single) {
            if (!runs.isEmpty()) {
                BlockRun last = runs.getLast();
                if (last.getChunk() == next.getChunk() && last.getFirst() + last.getCount() == next.getFirst()) {
                    runs.removeLast();
                    next = new BlockRun(last.getFirst(), last.getCount() + 1, last.getChunk(), last.getAt());
                }
            }
            runs.add(next);
        }
        return runs;
    }

    private PointHeader header(String point, int changed) {
        return PointHeader.newBuilder()
                .setTimeline(id)
                .setPoint(point)
                .setKind(newest.isPresent() ? PointKind.DELTA : PointKind.FULL)
                .setParent(newest.orElse(null))
                .setHost("nowhere")
                .setContainer(id)
                .setName(name())
                .setImage("none")
                .setIncarnation(1)
                .setCaptured(captured)
                .setFrozenNanos(0)
                .setTrigger("interval")
                .setTracker("none")
                .setFingerprint(new Fingerprint("none", "none", "none", "none", ""))
                .setPages((long) digests.length)
                .setChangedPages((long) changed)
                .setFiles(0)
                .setChangedFiles(0)
                .setRawBytes((long) changed * Block.SIZE)
                .build();
    }

    private static byte[] spec() {
        return "{}".getBytes(StandardCharsets.UTF_8);
    }
}
