package io.rewind.store.map;

import io.rewind.schemas.id.ChunkId;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.node.Varint;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a layer says of {@value #BLOCKS} consecutive blocks of a stream. Blocks between rows it does not speak of, unless
 * it covers them: then they are absent, whatever older layers say.
 *
 * <pre>
 *   varint  segments that it covers, itself being the first; mostly 0
 *   varint  chunks, then their ids, 16 bytes each, in the order of first use
 *   varint  rows
 *   then for each
 *     varint  blocks between it and the row before
 *     varint  4 × (its blocks - 1) + kind
 *               0: zero
 *               1: absent
 *               2: in a chunk, right after the last row that is in one
 *               3: elsewhere; then
 *     varint    place of the chunk in the list
 *     varint    number of the first block within the chunk
 * </pre>
 *
 * @param rows in order, as few as can be
 * @param covered how many segments, itself being the first: a hole may be as large as a file system allows
 */
record Segment(List<Row> rows, long covered) {
    static final int BLOCKS = 16384;
    static final Segment EMPTY = new Segment(List.of(), 0);

    private static final int ZERO = 0;
    private static final int ABSENT = 1;
    private static final int NEXT = 2;
    private static final int ELSEWHERE = 3;
    private static final int KIND_BITS = 2;

    Segment {
        rows = List.copyOf(rows);
    }

    /** Blocks that are zero or lie in a chunk. */
    int present() {
        return rows.stream()
                .filter(row -> row.place() != Place.Empty.ABSENT)
                .mapToInt(Row::count)
                .sum();
    }

    /** This, and what {@code older} says of blocks that this does not speak of. */
    Segment over(Segment older) {
        if (covered > 0 || older.rows.isEmpty()) {
            return new Segment(rows, Math.max(covered, older.covered));
        }
        RowList out = new RowList();
        int next = 0;
        for (Row row : older.rows) {
            for (int at = row.first(); at < row.end(); ) {
                while (next < rows.size() && rows.get(next).end() <= at) {
                    out.append(rows.get(next++));
                }
                if (next == rows.size() || rows.get(next).first() >= row.end()) {
                    out.append(row.part(at, row.end()));
                    at = row.end();
                } else {
                    if (rows.get(next).first() > at) {
                        out.append(row.part(at, rows.get(next).first()));
                    }
                    at = rows.get(next).end();
                }
            }
        }
        rows.subList(next, rows.size()).forEach(out::append);
        return new Segment(out.rows(), older.covered);
    }

    /** Only what it says of the first {@code blocks}. */
    Segment clipped(long blocks) {
        if (blocks >= BLOCKS || rows.isEmpty() || rows.getLast().end() <= blocks) {
            return this;
        }
        RowList out = new RowList();
        rows.stream()
                .filter(row -> row.first() < blocks)
                .forEach(row -> out.append(row.part(row.first(), (int) Math.min(row.end(), blocks))));
        return new Segment(out.rows(), covered);
    }

    /** With nothing below it, blocks that are absent need no word. */
    Segment alone() {
        List<Row> present =
                rows.stream().filter(row -> row.place() != Place.Empty.ABSENT).toList();
        return new Segment(present, 0);
    }

    Segment withoutRows() {
        return new Segment(List.of(), covered);
    }

    boolean saysNothing() {
        return rows.isEmpty() && covered == 0;
    }

    byte[] encode() {
        Map<ChunkId, Integer> chunks = new LinkedHashMap<>();
        for (Row row : rows) {
            if (row.place() instanceof Place.In(ChunkId chunk, int _)) {
                chunks.putIfAbsent(chunk, chunks.size());
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Varint.write(out, covered);
        Varint.write(out, chunks.size());
        chunks.keySet().forEach(chunk -> out.writeBytes(chunk.toBytes()));
        Varint.write(out, rows.size());
        int end = 0;
        Place expected = Place.Empty.ABSENT;
        for (Row row : rows) {
            Varint.write(out, row.first() - end);
            int kind = kind(row.place(), expected);
            Varint.write(out, (long) (row.count() - 1) << KIND_BITS | kind);
            if (row.place() instanceof Place.In(ChunkId chunk, int at)) {
                if (kind == ELSEWHERE) {
                    Varint.write(out, chunks.getOrDefault(chunk, 0));
                    Varint.write(out, at);
                }
                expected = row.place().next(row.count());
            }
            end = row.end();
        }
        return out.toByteArray();
    }

    private static int kind(Place place, Place expected) {
        return switch (place) {
            case Place.Empty.ZERO -> ZERO;
            case Place.Empty.ABSENT -> ABSENT;
            case Place.In in -> in.equals(expected) ? NEXT : ELSEWHERE;
        };
    }

    /** @throws io.rewind.runtime.fault.Fault STORE_DAMAGED */
    static Segment decode(ByteBuffer in) {
        try {
            long covered = Varint.read(in);
            List<ChunkId> chunks = new ArrayList<>();
            for (int left = Varint.readInt(in); left > 0; left--) {
                chunks.add(new ChunkId(in.getLong(), in.getLong()));
            }
            List<Row> rows = new ArrayList<>();
            int end = 0;
            Place expected = Place.Empty.ABSENT;
            for (int left = Varint.readInt(in); left > 0; left--) {
                int first = Math.addExact(end, Varint.readInt(in));
                int head = Varint.readInt(in);
                int count = (head >>> KIND_BITS) + 1;
                Place place = switch (head & ELSEWHERE) {
                    case ZERO -> Place.Empty.ZERO;
                    case ABSENT -> Place.Empty.ABSENT;
                    case NEXT -> expected;
                    default -> new Place.In(chunks.get(Varint.readInt(in)), Varint.readInt(in));
                };
                rows.add(new Row(first, count, place));
                if (place instanceof Place.In) {
                    expected = place.next(count);
                }
                end = Math.addExact(first, count);
                if (end > BLOCKS) {
                    throw new ArithmeticException("a row ends at block " + end);
                }
            }
            return new Segment(rows, covered);
        } catch (BufferUnderflowException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | ArithmeticException e) {
            throw StoreFault.STORE_DAMAGED.rejected("a map segment cannot be read: " + e);
        }
    }
}
