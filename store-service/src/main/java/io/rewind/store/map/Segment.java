package io.rewind.store.map;

import io.rewind.schemas.id.ChunkId;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.tree.Varint;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where {@value #BLOCKS} consecutive blocks of a stream lie. Equal places are equal bytes.
 *
 * <pre>
 *   varint  chunks, then their ids, 16 bytes each, in the order of first use
 *   varint  runs
 *   then for each
 *     varint  blocks that are absent before it
 *     varint  its blocks
 *     varint  0: zero; otherwise 1 + place of the chunk in the list
 *     varint  number of the first block within the chunk (not for zero)
 * </pre>
 */
final class Segment {
    static final int BLOCKS = 256;

    private final Place[] places = new Place[BLOCKS];

    Segment() {
        Arrays.fill(places, Place.ABSENT);
    }

    /** {@code count} blocks from {@code first} lie from {@code place} on. */
    void set(int first, int count, Place place) {
        for (int i = 0; i < count; i++) {
            places[first + i] = place.next(i);
        }
    }

    int present() {
        int present = 0;
        for (Place place : places) {
            present += place instanceof Place.Absent ? 0 : 1;
        }
        return present;
    }

    /** A row of blocks that are zero or lie side by side in one chunk. */
    record Row(int first, int count, Place place) {}

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int first = 0; first < BLOCKS; ) {
            int count = 1;
            while (first + count < BLOCKS && places[first + count].equals(places[first].next(count))) {
                count++;
            }
            if (!(places[first] instanceof Place.Absent)) {
                rows.add(new Row(first, count, places[first]));
            }
            first += count;
        }
        return rows;
    }

    byte[] encode() {
        List<Row> rows = rows();
        Map<ChunkId, Integer> chunks = new LinkedHashMap<>();
        for (Row row : rows) {
            if (row.place() instanceof Place.In(ChunkId chunk, int _)) {
                chunks.putIfAbsent(chunk, chunks.size());
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Varint.write(out, chunks.size());
        chunks.keySet().forEach(chunk -> out.writeBytes(chunk.toBytes()));
        Varint.write(out, rows.size());
        int end = 0;
        for (Row row : rows) {
            Varint.write(out, row.first() - end);
            Varint.write(out, row.count());
            if (row.place() instanceof Place.In(ChunkId chunk, int at)) {
                Varint.write(out, 1 + chunks.getOrDefault(chunk, 0));
                Varint.write(out, at);
            } else {
                Varint.write(out, 0);
            }
            end = row.first() + row.count();
        }
        return out.toByteArray();
    }

    static Segment decode(ByteBuffer in) {
        try {
            List<ChunkId> chunks = new ArrayList<>();
            for (int left = Varint.readInt(in); left > 0; left--) {
                chunks.add(new ChunkId(in.getLong(), in.getLong()));
            }
            Segment segment = new Segment();
            int end = 0;
            for (int left = Varint.readInt(in); left > 0; left--) {
                int first = end + Varint.readInt(in);
                int count = Varint.readInt(in);
                int chunk = Varint.readInt(in);
                Place place = chunk == 0 ? Place.ZERO : new Place.In(chunks.get(chunk - 1), Varint.readInt(in));
                segment.set(first, count, place);
                end = first + count;
            }
            return segment;
        } catch (BufferUnderflowException | IndexOutOfBoundsException | ArithmeticException e) {
            throw StoreFault.STORE_DAMAGED.rejected("a map segment cannot be read: " + e);
        }
    }
}
