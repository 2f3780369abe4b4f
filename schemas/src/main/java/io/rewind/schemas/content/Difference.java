package io.rewind.schemas.content;

import static io.rewind.schemas.content.ChunkBody.damaged;

import io.rewind.runtime.fault.Fault;
import java.util.Arrays;

/**
 * What turns one block into another of the same length: the stretches that differ, in order.
 *
 * <pre>
 *   varint  bytes that stay as they are
 *   varint  n, at least 1: bytes that change
 *   n       what they become
 *   ...     until the difference ends; what is left stays
 * </pre>
 *
 * A varint has 7 bits a byte, the lowest first; the high bit says that another follows.
 */
public final class Difference {
    /** A stretch of equal bytes shorter than this is cheaper sent than skipped. */
    private static final int BRIDGE = 8;

    private static final int MAX_VARINT = 3;

    private Difference() {}

    /**
     * Writes what turns {@code from} into {@code to}.
     *
     * @param out from {@code at} on has room for {@code limit} bytes
     * @return its length, or -1 when it is above {@code limit}
     */
    public static int write(
            byte[] from, int fromOffset, byte[] to, int toOffset, int length, byte[] out, int at, int limit) {
        int written = at;
        int done = 0;
        while (true) {
            int skip = Arrays.mismatch(
                    from, fromOffset + done, fromOffset + length, to, toOffset + done, toOffset + length);
            if (skip < 0) {
                return written - at;
            }
            int start = done + skip;
            int room = limit - (written - at) - 2 * MAX_VARINT;
            int end = changedEnd(from, fromOffset, to, toOffset, start, length, room);
            if (end - start > room) {
                return -1;
            }
            written = putVarint(out, written, start - done);
            written = putVarint(out, written, end - start);
            System.arraycopy(to, toOffset + start, out, written, end - start);
            written += end - start;
            done = end;
        }
    }

    /** Where a row of equal bytes begins that is worth skipping; looks no further once {@code room} is not enough. */
    private static int changedEnd(
            byte[] from, int fromOffset, byte[] to, int toOffset, int start, int length, int room) {
        int end = start + 1;
        for (int i = end; i < length && i - end < BRIDGE && end - start <= room; i++) {
            if (from[fromOffset + i] != to[toOffset + i]) {
                end = i + 1;
            }
        }
        return end;
    }

    /**
     * Turns one block into the other, in place. Touches nothing outside of it.
     *
     * @param bytes hold the difference from {@code at} to {@code end}
     * @throws Fault REJECTED CHUNK_DAMAGED; the block is then neither
     */
    public static void apply(byte[] bytes, int at, int end, byte[] block, int offset, int length) {
        int next = at;
        int done = 0;
        while (next < end) {
            long skipped = varint(bytes, next, end);
            int skip = (int) skipped;
            long counted = varint(bytes, (int) (skipped >>> Integer.SIZE), end);
            int changed = (int) counted;
            next = (int) (counted >>> Integer.SIZE);
            if (changed < 1 || skip > length - done || changed > length - done - skip || changed > end - next) {
                throw damaged("a difference reaches beyond its block");
            }
            done += skip;
            System.arraycopy(bytes, next, block, offset + done, changed);
            done += changed;
            next += changed;
        }
    }

    /** Low half the value, at most 21 bits; high half where the next byte is. */
    private static long varint(byte[] bytes, int at, int end) {
        int value = 0;
        for (int i = 0; i < MAX_VARINT; i++) {
            if (at + i >= end) {
                break;
            }
            byte next = bytes[at + i];
            value |= (next & 0x7f) << (7 * i);
            if (next >= 0) {
                return ((long) (at + i + 1) << Integer.SIZE) | value;
            }
        }
        throw damaged("a difference ends within a number");
    }

    private static int putVarint(byte[] out, int at, int value) {
        int next = at;
        int rest = value;
        while (rest > 0x7f) {
            out[next++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        out[next++] = (byte) rest;
        return next;
    }
}
