package io.rewind.criu;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The records of one image file. Source of the format: criu/image.c, criu/protobuf.c and criu/include/magic.h.
 *
 * <pre>
 * offset  bytes  all little endian
 *      0      4  0x54564319, common to all images since version 1.1
 *      4      4  magic of this kind of image
 *      8      4  n, length of the record
 *     12      n  record, protobuf
 *      …         length and record again, to the end of the file
 * </pre>
 */
final class RecordReader {
    static final int COMMON_MAGIC = 0x54564319;

    /** No record read here has more than a few numbers in it, except a process with thousands of threads. */
    private static final int MAX_RECORD = 1 << 18;

    private static final long MAX_FILE = 32L << 20;

    private final InputStream in;
    private final String what;
    private final int maxRecord;
    private long left = MAX_FILE;

    /** Reads and checks the magics. */
    RecordReader(InputStream in, int magic, String what) {
        this(in, magic, what, MAX_RECORD);
    }

    /** For records of at most so many bytes. */
    RecordReader(InputStream in, int magic, String what, int maxRecord) {
        this.in = in;
        this.what = what;
        this.maxRecord = maxRecord;
        if (word(exactly(4)) != COMMON_MAGIC) {
            throw damaged("does not start like an image of CRIU");
        }
        if (word(exactly(4)) != magic) {
            throw damaged("has the magic of another kind of image");
        }
    }

    /** The next record, or empty at the end of the file. */
    Optional<byte[]> next() {
        byte[] size = upTo(4);
        if (size.length == 0) {
            return Optional.empty();
        }
        if (size.length < 4) {
            throw damaged("ends within the length of a record");
        }
        int length = word(size);
        if (length < 0 || length > maxRecord) {
            throw CriuFault.IMAGE_TOO_LARGE.rejected(
                    what + " announces a record of " + Integer.toUnsignedString(length) + " bytes.");
        }
        return Optional.of(exactly(length));
    }

    /** A fault about this image; the predicate goes on the sentence that its name begins. */
    RuntimeException damaged(String predicate) {
        return CriuFault.IMAGE_DAMAGED.rejected(what + " " + predicate + ".");
    }

    private byte[] exactly(int length) {
        byte[] bytes = upTo(length);
        if (bytes.length < length) {
            throw damaged("is cut short");
        }
        return bytes;
    }

    private byte[] upTo(int length) {
        left -= length;
        if (left < 0) {
            throw CriuFault.IMAGE_TOO_LARGE.rejected(what + " is larger than " + MAX_FILE + " bytes.");
        }
        try {
            return in.readNBytes(length);
        } catch (IOException e) {
            throw CriuFault.io(what + " cannot be read.", e);
        }
    }

    private static int word(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }
}
