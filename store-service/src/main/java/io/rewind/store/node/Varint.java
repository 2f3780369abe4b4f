package io.rewind.store.node;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Unsigned numbers of up to 63 bits, seven bits a byte, least significant first; the top bit says that more follow. */
public final class Varint {
    private static final int MORE = 0x80;

    private Varint() {}

    public static void write(ByteArrayOutputStream out, long number) {
        long rest = number;
        while (rest >= MORE) {
            out.write((int) (rest & 0x7F) | MORE);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /** @throws java.nio.BufferUnderflowException at the end of the bytes */
    public static long read(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte next = in.get();
            number |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("a number of more than 63 bits");
    }

    /** For lengths and counts. */
    public static int readInt(ByteBuffer in) {
        return Math.toIntExact(read(in));
    }
}
