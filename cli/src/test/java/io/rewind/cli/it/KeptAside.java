package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.criu.PageMap;
import io.rewind.criu.Run;
import io.rewind.schemas.content.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a container's first process had in memory and in {@code /data} at one moment, read by the kernel's own files and
 * kept as SHA-256: nothing of Rewind had a hand in it.
 *
 * @param memory of pages that are not zero, by address, of anonymous writable mappings
 * @param files of plain files, by name
 */
record KeptAside(Map<Long, String> memory, Map<String, String> files) {
    /** rw-p, and no file behind it. */
    private static final Pattern ANONYMOUS =
            Pattern.compile("([0-9a-f]+)-([0-9a-f]+) rw-p [0-9a-f]+ 00:00 0 *(\\[heap]|\\[stack]|)");

    static KeptAside of(long pid) {
        Path proc = Path.of("/proc/" + pid);
        try (FileChannel all = FileChannel.open(proc.resolve("mem"))) {
            Map<Long, String> memory = new TreeMap<>();
            for (String line : Files.readAllLines(proc.resolve("maps"))) {
                Matcher mapping = ANONYMOUS.matcher(line);
                if (mapping.matches()) {
                    long first = Long.parseUnsignedLong(mapping.group(1), 16);
                    long end = Long.parseUnsignedLong(mapping.group(2), 16);
                    pages(all, first, first, end - first, memory);
                }
            }
            return new KeptAside(memory, files(proc.resolve("root/data")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pages that lie from {@code position} on in a file; zero ones are left out. */
    private static void pages(FileChannel from, long position, long address, long bytes, Map<Long, String> into)
            throws IOException {
        byte[] page = new byte[Block.SIZE];
        for (long at = 0; at < bytes; at += Block.SIZE) {
            ByteBuffer buffer = ByteBuffer.wrap(page);
            while (buffer.hasRemaining()) {
                assertThat(from.read(buffer, position + at + buffer.position())).isPositive();
            }
            if (!Block.isZero(page, 0, page.length)) {
                into.put(address + at, sha(page));
            }
        }
    }

    private static Map<String, String> files(Path data) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(data)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file.getFileName().toString(), sha(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    private static String sha(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** This is what it was before, too. */
    KeptAside unchangedSince(KeptAside before) {
        assertHolds(before);
        return this;
    }

    private void assertHolds(KeptAside other) {
        Map<Long, String> differing = new TreeMap<>(other.memory);
        differing.entrySet().removeAll(memory.entrySet());
        assertThat(differing.keySet()).extracting(Long::toHexString).isEmpty();
        assertThat(files).isEqualTo(other.files);
    }

    /** An export holds all of this, bit for bit. */
    void assertIsIn(Path export) throws IOException {
        Map<Long, String> exported = new TreeMap<>();
        Path images = export.resolve("images");
        PageMap map = PageMap.read(images.resolve("pagemap-1.img"));
        try (FileChannel pages = FileChannel.open(images.resolve("pages-" + map.pagesId() + ".img"))) {
            for (Run run : map.presentPages()) {
                pages(pages, run.fileOffset(), run.vaddr(), run.pages() * Block.SIZE, exported);
            }
        }
        new KeptAside(exported, files(export.resolve("upper/data"))).assertHolds(this);
    }
}
