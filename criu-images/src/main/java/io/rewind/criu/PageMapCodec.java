package io.rewind.criu;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records of a page map: one head, then entries. Source: images/pagemap.proto, criu/pagemap.c (defaults).
 *
 * <pre>
 * head   1 pages_id  uint32 required
 * entry  1 vaddr     uint64 required, bytes
 *        2 pages     uint32 required; 0 from 4.2 on (compat_nr_pages)
 *        3 in_parent bool             before flags existed; becomes a flag here
 *        4 flags     uint32           absent in old images: present
 *        5 nr_pages  uint64           from 4.2 on
 * </pre>
 *
 * Fields are written in the order of their numbers, as CRIU does, so an image of CRIU 4 comes out as it went in.
 */
final class PageMapCodec {
    private static final int MAGIC = 0x56084025;

    private PageMapCodec() {}

    static PageMap read(String space, InputStream in) {
        String what = "The page map of " + ImageNames.pageMap(space);
        RecordReader records = new RecordReader(in, MAGIC, what);
        byte[] first = records.next().orElseThrow(() -> records.damaged("has no head"));
        try {
            Numbers head = new Numbers(1);
            ByteString unknown = Wire.read(first, 1, head);
            long pagesId = head.required(1, CountField.NARROW_LIMIT);
            List<Entry> entries = new ArrayList<>();
            for (Optional<byte[]> next = records.next(); next.isPresent(); next = records.next()) {
                if (entries.size() == PageMap.MAX_ENTRIES) {
                    throw CriuFault.IMAGE_TOO_LARGE.rejected(
                            what + " has more than " + PageMap.MAX_ENTRIES + " entries.");
                }
                entries.add(entry(next.get()));
            }
            return new PageMap(space, pagesId, entries, unknown);
        } catch (IOException e) {
            throw CriuFault.IMAGE_DAMAGED.rejected(what + " has a record that cannot be read.", e);
        }
    }

    static void write(PageMap map, OutputStream out) {
        try {
            RecordWriter records = new RecordWriter(out, MAGIC);
            records.record(message(coded -> coded.writeUInt64(1, map.pagesId()), map.unknown()));
            for (Entry entry : map.entries()) {
                records.record(message(coded -> fields(entry, coded), entry.unknown()));
            }
        } catch (IOException e) {
            throw CriuFault.io("The page map of " + map.space() + " cannot be written.", e);
        }
    }

    private static Entry entry(byte[] record) throws IOException {
        Numbers numbers = new Numbers(5);
        ByteString unknown = Wire.read(record, 5, numbers);
        long narrow = numbers.required(2, CountField.NARROW_LIMIT);
        long pages = numbers.orElse(5, narrow);
        CountField count = !numbers.has(5) ? CountField.NARROW : narrow == 0 ? CountField.WIDE : CountField.BOTH;
        if (count == CountField.BOTH && pages != narrow) {
            throw new IOException("the two numbers of pages differ");
        }
        boolean inParent = numbers.orElse(3, 0) != 0;
        long flags = numbers.orElse(4, inParent ? 0 : Entry.PRESENT);
        if (flags < 0 || flags > 0xFFFF_FFFFL) {
            throw new IOException("the flags are too wide");
        }
        int withParent = (int) flags | (inParent ? Entry.PARENT : 0);
        return new Entry(numbers.required(1, Long.MAX_VALUE), pages, withParent, count, unknown);
    }

    private static void fields(Entry entry, CodedOutputStream out) throws IOException {
        out.writeUInt64(1, entry.vaddr());
        out.writeUInt64(2, entry.count() == CountField.WIDE ? 0 : entry.pages());
        out.writeUInt32(4, entry.flags());
        if (entry.count() != CountField.NARROW) {
            out.writeUInt64(5, entry.pages());
        }
    }

    @FunctionalInterface
    private interface Fields {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields, ByteString unknown) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(32);
        CodedOutputStream out = CodedOutputStream.newInstance(bytes, 64);
        fields.writeTo(out);
        out.writeRawBytes(unknown);
        out.flush();
        return bytes.toByteArray();
    }
}
