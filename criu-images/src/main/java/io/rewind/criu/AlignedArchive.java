package io.rewind.criu;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A tar archive on its way through, in which the content of every file of a block or more begins at a multiple of
 * 4096 bytes: so that what one file grows by does not move the blocks of all that follow. Room is made by comments,
 * which readers of archives skip. What is not understood passes unchanged. Format: "Basic Tar Format" and
 * "Extensions" of GNU tar's manual, and pax(1).
 *
 * <pre>
 *   offset   124 size   148 checksum   156 type   482 more of a sparse file's map follows   504 likewise in that
 *   entry    long names and attributes (types L, K, x, g, with content)… header [map of a sparse file…] content
 *   comment  header of type g, then "(length) comment=(spaces)\n"
 * </pre>
 */
final class AlignedArchive extends InputStream {
    private static final int RECORD = 512;
    private static final int BLOCK = 4096;
    private static final int SIZE = 124;
    private static final int SIZE_DIGITS = 12;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_END = 156;
    private static final int TYPE = 156;
    private static final int SPARSE_MORE = 482;
    private static final int SPARSE_MAP_MORE = 504;

    private final InputStream in;
    private final byte[] single = new byte[1];
    /** Headers to be given out before anything else. */
    private byte[] headers = {};

    private int given;
    /** Bytes to pass after that. */
    private long content;

    private long position;

    AlignedArchive(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (given == headers.length && content == 0) {
            next();
        }
        int count;
        if (given < headers.length) {
            count = Math.min(length, headers.length - given);
            System.arraycopy(headers, given, target, offset, count);
            given += count;
        } else {
            count = in.read(target, offset, (int) Math.min(length, content));
            content -= Math.max(0, count);
        }
        position += Math.max(0, count);
        return count;
    }

    private void next() throws IOException {
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        byte[] header = in.readNBytes(RECORD);
        while (isHeader(header) && "LKxg".indexOf(header[TYPE]) >= 0) {
            entry.write(header);
            entry.write(records(size(header)));
            header = in.readNBytes(RECORD);
        }
        entry.write(header);
        given = 0;
        // The end, or nothing that we know: all the rest as it is.
        content = Long.MAX_VALUE;
        if (isHeader(header)) {
            content = "\00007S".indexOf(header[TYPE]) < 0 ? 0 : (size(header) + RECORD - 1) / RECORD * RECORD;
            boolean more = header[TYPE] == 'S' && header[SPARSE_MORE] != 0;
            while (more) {
                byte[] map = records(RECORD);
                entry.write(map);
                more = map[SPARSE_MAP_MORE] != 0;
            }
            if (content >= BLOCK) {
                align(entry);
                return;
            }
        }
        headers = entry.toByteArray();
    }

    private void align(ByteArrayOutputStream entry) {
        int over = (int) ((position + entry.size()) % BLOCK);
        int room = over == 0 ? 0 : BLOCK - over;
        // A comment is a header and its text.
        if (room == RECORD) {
            room += BLOCK;
        }
        ByteArrayOutputStream aligned = new ByteArrayOutputStream();
        if (room > 0) {
            aligned.writeBytes(comment(room - RECORD));
        }
        aligned.writeBytes(entry.toByteArray());
        headers = aligned.toByteArray();
    }

    private static byte[] comment(int length) {
        byte[] comment = new byte[RECORD + length];
        put(comment, 0, "room");
        put(comment, 100, "0000644\0" + "0000000\0" + "0000000\0");
        put(comment, SIZE, String.format(Locale.ROOT, "%011o\0" + "00000000000\0", length));
        put(comment, TYPE, "g");
        put(comment, 257, "ustar\00000");
        Arrays.fill(comment, RECORD, comment.length, (byte) ' ');
        put(comment, RECORD, length + " comment=");
        comment[comment.length - 1] = '\n';
        put(comment, CHECKSUM, String.format(Locale.ROOT, "%06o\0 ", checksum(comment)));
        return comment;
    }

    private static void put(byte[] target, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, target, at, bytes.length);
    }

    private byte[] records(long size) throws IOException {
        int length = Math.toIntExact((size + RECORD - 1) / RECORD * RECORD);
        byte[] records = in.readNBytes(length);
        if (records.length < length) {
            throw new EOFException("an archive that ends in the middle of an entry");
        }
        return records;
    }

    private static boolean isHeader(byte[] record) {
        return record.length == RECORD
                && record[CHECKSUM] != 0
                && number(record, CHECKSUM, CHECKSUM_END - CHECKSUM) == checksum(record);
    }

    /** Of all bytes of a header, with spaces in place of the sum itself. */
    private static int checksum(byte[] record) {
        int sum = 0;
        for (int i = 0; i < RECORD; i++) {
            sum += i >= CHECKSUM && i < CHECKSUM_END ? ' ' : record[i] & 0xff;
        }
        return sum;
    }

    private static long size(byte[] header) {
        return number(header, SIZE, SIZE_DIGITS);
    }

    /** Octal digits, or after a first byte of 0x80 a binary number, the greatest byte first. */
    private static long number(byte[] record, int at, int length) {
        boolean binary = (record[at] & 0x80) != 0;
        long number = 0;
        for (int i = binary ? at + 1 : at; i < at + length; i++) {
            if (binary) {
                number = (number << 8) + (record[i] & 0xff);
            } else if (record[i] >= '0' && record[i] <= '7') {
                number = (number << 3) + (record[i] - '0');
            }
        }
        return number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
