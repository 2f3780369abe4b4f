package io.rewind.criu;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Objects;

/** Bytes of images: files that CRIU 4.2.1 wrote, and one in the encoding of 4.1 written out by hand. */
final class Golden {
    /** A memory-less dump of one process. */
    static final String WIDE_PAGE_MAP = "pagemap-7073.img";

    static final String PROCESS_TREE = "pstree.img";

    private Golden() {}

    static byte[] file(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/criu-4.2.1/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** pages_id 3; 2 lazy pages at 0x400000, 1 present page at 0x403000; the number of pages in field 2. */
    static byte[] narrowPageMap() {
        return HexFormat.of()
                .parseHex("19435654" + "25400856" + "02000000" + "0803" + "09000000" + "08808080021002" + "2002"
                        + "09000000" + "0880e080021001" + "2004");
    }

    static byte[] written(PageMap map) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        map.writeTo(out);
        return out.toByteArray();
    }
}
