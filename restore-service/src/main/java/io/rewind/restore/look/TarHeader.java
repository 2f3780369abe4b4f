package io.rewind.restore.look;

import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Headers of a tar archive: ustar, and before it a pax header for what does not fit. Source: POSIX.1-2017, pax.
 *
 * <pre>
 * offset  bytes                                offset  bytes
 *      0    100  name                             156      1  type: 0 file, 2 link, 5 directory, x pax
 *    100      8  mode, octal                      157    100  text of a link
 *    108      8  uid                              257      8  "ustar" NUL "00"
 *    116      8  gid                              265     64  names of owner and group: none
 *    124     12  size                             329     16  device: none
 *    136     12  mtime, seconds                   345    155  prefix: not used
 *    148      8  sum of all bytes, this field as spaces
 * pax     records "length keyword=value\\n", the length counting itself
 * </pre>
 */
final class TarHeader {
    static final int BLOCK = 512;

    private static final int NAME = 100;
    private static final int SUM_AT = 148;
    private static final long LARGEST_ID = 07777777;
    private static final long LARGEST = 077777777777L;

    private final byte[] bytes = new byte[BLOCK];

    private TarHeader(byte[] name, char type, long size) {
        text(0, NAME, name);
        octal(124, 12, size);
        bytes[156] = (byte) type;
        text(257, 8, new byte[] {'u', 's', 't', 'a', 'r', 0, '0', '0'});
    }

    /** One or two headers for an entry: a file, directory or symbolic link. */
    static byte[] of(byte[] path, FileMeta meta) {
        byte[] name = meta.getType() == FileType.DIRECTORY ? concat(path, new byte[] {'/'}) : path;
        byte[] target = meta.getType() == FileType.SYMLINK ? Entry.bytes(meta.getTarget()) : new byte[0];
        long size = meta.getType() == FileType.FILE ? meta.getSize() : 0;
        long uid = Integer.toUnsignedLong(meta.getUid());
        long gid = Integer.toUnsignedLong(meta.getGid());
        ByteArrayOutputStream pax = new ByteArrayOutputStream();
        pax(pax, "path", name, name.length > NAME);
        pax(pax, "linkpath", target, target.length > NAME);
        pax(pax, "size", Long.toString(size), size > LARGEST);
        pax(pax, "uid", Long.toString(uid), uid > LARGEST_ID);
        pax(pax, "gid", Long.toString(gid), gid > LARGEST_ID);
        TarHeader header = new TarHeader(name, type(meta), size > LARGEST ? 0 : size);
        header.octal(100, 8, meta.getMode() & 07777);
        header.octal(108, 8, Math.min(uid, LARGEST_ID));
        header.octal(116, 8, Math.min(gid, LARGEST_ID));
        header.octal(136, 12, Math.clamp(Math.floorDiv(meta.getMtimeNanos(), 1_000_000_000L), 0, LARGEST));
        header.text(157, NAME, target);
        return concat(extended(pax.toByteArray()), header.summed());
    }

    private static char type(FileMeta meta) {
        return switch (meta.getType()) {
            case DIRECTORY -> '5';
            case SYMLINK -> '2';
            default -> '0';
        };
    }

    private static byte[] extended(byte[] records) {
        if (records.length == 0) {
            return records;
        }
        TarHeader header = new TarHeader("pax".getBytes(StandardCharsets.US_ASCII), 'x', records.length);
        header.octal(100, 8, 0600);
        return concat(header.summed(), Arrays.copyOf(records, records.length + padding(records.length)));
    }

    /** Zero bytes that fill up the last block. */
    static int padding(long size) {
        return (int) ((BLOCK - size % BLOCK) % BLOCK);
    }

    private static void pax(ByteArrayOutputStream out, String keyword, String value, boolean needed) {
        pax(out, keyword, value.getBytes(StandardCharsets.US_ASCII), needed);
    }

    private static void pax(ByteArrayOutputStream out, String keyword, byte[] value, boolean needed) {
        if (!needed) {
            return;
        }
        int rest = keyword.length() + value.length + 3;
        int length = rest + Integer.toString(rest).length();
        if (rest + Integer.toString(length).length() > length) {
            length++;
        }
        out.writeBytes((length + " " + keyword + "=").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(value);
        out.write('\n');
    }

    private byte[] summed() {
        Arrays.fill(bytes, SUM_AT, SUM_AT + 8, (byte) ' ');
        int sum = 0;
        for (byte b : bytes) {
            sum += Byte.toUnsignedInt(b);
        }
        octal(SUM_AT, 7, sum);
        return bytes;
    }

    private void text(int at, int room, byte[] text) {
        System.arraycopy(text, 0, bytes, at, Math.min(room, text.length));
    }

    private void octal(int at, int room, long value) {
        String digits = Long.toOctalString(value);
        text(
                at,
                room,
                ("0".repeat(Math.max(0, room - 1 - digits.length())) + digits + "\0")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
