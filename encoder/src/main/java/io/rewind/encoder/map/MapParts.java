package io.rewind.encoder.map;

import io.rewind.event.BlockRun;
import io.rewind.event.FileMeta;
import io.rewind.event.PointMapPart;
import io.rewind.event.StreamChange;
import io.rewind.event.Xattr;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.wire.Wire;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Cuts a map into parts that each fit a record. Sizes are counted from above by Avro's rules: a number takes one byte
 * for each 7 bits after zigzag, bytes and text their length and themselves. For one use.
 */
public final class MapParts {
    /** What a part may hold beside its own fields and the arrays' counts. */
    private static final int ROOM = Wire.MAX_RECORD - 512;
    /** A stream's numbers, flags and counts. */
    private static final int STREAM_FIELDS = 64;
    /** Likewise of a file's meta data. */
    private static final long META_FIELDS = 64;

    private static final int MAX_LENGTH_FIELD = 5;
    private static final int CHUNK_BYTES = ChunkId.BYTES + 1;

    private final String timeline;
    private final String point;
    private final long encoding;
    private final ChunkTable table;
    private final Consumer<PointMapPart> out;
    private final Map<ChunkId, Integer> chunks = new HashMap<>();
    private final List<ByteBuffer> chunkIds = new ArrayList<>();
    private final List<StreamChange> streams = new ArrayList<>();
    private int used;
    private int parts;

    private MapParts(String timeline, String point, long encoding, ChunkTable table, Consumer<PointMapPart> out) {
        this.timeline = timeline;
        this.point = point;
        this.encoding = encoding;
        this.table = table;
        this.out = out;
    }

    /**
     * Hands out the parts in order; no chunk may be under construction.
     *
     * @param encoding of this attempt
     * @return how many there were
     * @throws Fault POINT_TOO_LARGE when one entry alone does not fit
     */
    public static int write(String timeline, String point, long encoding, PointMap map, Consumer<PointMapPart> out) {
        MapParts writer = new MapParts(timeline, point, encoding, map.chunks(), out);
        map.streams().forEach(writer::stream);
        if (!writer.streams.isEmpty()) {
            writer.end();
        }
        return writer.parts;
    }

    private void stream(PointStream stream) {
        long head = headBytes(stream);
        if (head > ROOM) {
            throw PointFault.POINT_TOO_LARGE.because("an entry with " + head + " bytes of meta data fits no record");
        }
        List<BlockRun> runs = begin(stream, (int) head);
        for (int run = 0; run < stream.runs.size(); run++) {
            int bytes = runBytes(stream.runs, run);
            if (used + bytes > ROOM) {
                end();
                runs = begin(stream, (int) head);
                bytes = runBytes(stream.runs, run);
            }
            used += bytes;
            int chunk = stream.runs.chunk(run);
            runs.add(new BlockRun(
                    stream.runs.first(run),
                    stream.runs.count(run),
                    chunk < 0 ? chunk : local(table.id(chunk)),
                    stream.runs.at(run)));
        }
    }

    private List<BlockRun> begin(PointStream stream, int head) {
        if (used + head > ROOM) {
            end();
        }
        used += head;
        List<BlockRun> runs = new ArrayList<>();
        streams.add(new StreamChange(
                stream.kind,
                stream.tree,
                stream.name,
                stream.removed,
                stream.meta.orElse(null),
                stream.size,
                stream.digest,
                runs));
        return runs;
    }

    private int local(ChunkId id) {
        return chunks.computeIfAbsent(id, added -> {
            chunkIds.add(ByteBuffer.wrap(added.toBytes()));
            return chunkIds.size() - 1;
        });
    }

    private void end() {
        out.accept(new PointMapPart(
                timeline, point, parts++, new ArrayList<>(chunkIds), new ArrayList<>(streams), encoding));
        chunks.clear();
        chunkIds.clear();
        streams.clear();
        used = 0;
    }

    private int runBytes(RunList runs, int run) {
        int chunk = runs.chunk(run);
        int bytes = numberBytes(runs.first(run)) + numberBytes(runs.count(run)) + numberBytes(runs.at(run));
        if (chunk < 0) {
            return bytes + 1;
        }
        ChunkId id = table.id(chunk);
        Integer local = chunks.get(id);
        return bytes + (local == null ? CHUNK_BYTES + numberBytes(chunkIds.size()) : numberBytes(local));
    }

    private static long headBytes(PointStream stream) {
        long bytes = STREAM_FIELDS + 3L * stream.tree.length() + stream.name.remaining();
        return bytes + stream.meta.map(MapParts::metaBytes).orElse(0L);
    }

    private static long metaBytes(FileMeta meta) {
        long bytes =
                META_FIELDS + meta.getTarget().remaining() + meta.getDigest().remaining();
        for (Xattr xattr : meta.getXattrs()) {
            bytes += 2L * MAX_LENGTH_FIELD
                    + xattr.getName().remaining()
                    + xattr.getValue().remaining();
        }
        return bytes;
    }

    /** Bytes of a number in Avro's zigzag encoding. */
    static int numberBytes(long number) {
        long zigzag = (number << 1) ^ (number >> 63);
        return (Long.SIZE + 6 - Long.numberOfLeadingZeros(zigzag | 1)) / 7;
    }
}
