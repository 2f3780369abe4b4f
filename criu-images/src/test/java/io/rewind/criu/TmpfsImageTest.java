package io.rewind.criu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the tar and gzip that CRIU calls, and its arguments. */
class TmpfsImageTest {
    private static final String NAME = "tmpfs-dev-83.tar.gz.img";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void I7_anUnpackedImageIsTakenBackByTar() throws Exception {
        Path image = dump();
        Path plain = Files.write(folder.resolve("tmpfs-dev-84.tar.gz.img"), unpacked(image));
        assertThat(unpacked(plain)).as("aligned already").isEqualTo(unpacked(image));
        byte[] archive = unpacked(image);
        assertThat(new String(archive, 257, 5, StandardCharsets.ISO_8859_1)).isEqualTo("ustar");

        Files.write(image, archive);
        TmpfsImage.pack(image);
        byte[] packed = Files.readAllBytes(image);
        TmpfsImage.pack(image);

        assertThat(image).hasBinaryContent(packed);
        assertThat(unpacked(image)).isEqualTo(archive);
        Path back = Files.createDirectory(folder.resolve("back"));
        String said = run("tar --extract --gzip --no-unquote --no-wildcards --directory " + back + " < " + image);
        assertThat(back.resolve("text")).hasSameBinaryContentAs(folder.resolve("fs/text"));
        assertThat(Files.readSymbolicLink(back.resolve("link"))).isEqualTo(Path.of("text"));
        assertThat(back.resolve("hole")).hasSameBinaryContentAs(folder.resolve("fs/hole"));
        assertThat(back.resolve("d".repeat(120) + "/f")).hasSameBinaryContentAs(folder.resolve("fs/text"));
        assertThat(said).as("tar has nothing to warn of").isEmpty();
    }

    @Test
    void oneChangedByteChangesOneBlock() throws Exception {
        byte[] before = unpacked(dump());
        Path text = folder.resolve("fs/text");
        byte[] content = Files.readAllBytes(text);
        content[100] ^= 1;
        Files.write(text, content);
        byte[] after = unpacked(dump());

        assertThat(after).hasSameSizeAs(before);
        int changed = 0;
        for (int at = 0; at < before.length; at += 4096) {
            int end = Math.min(before.length, at + 4096);
            changed += Arrays.equals(before, at, end, after, at, end) ? 0 : 1;
        }
        // Its block, and the header with its time.
        assertThat(changed).isBetween(1, 2);
    }

    @Test
    void aFileThatGrowsDoesNotMoveTheOthers() throws Exception {
        byte[] before = unpacked(dump());
        Files.writeString(folder.resolve("fs/" + "n".repeat(150)), "x".repeat(5_000));
        Files.writeString(folder.resolve("fs/a"), "small");
        byte[] after = unpacked(dump());

        Set<ByteBuffer> known = blocks(before);
        Set<ByteBuffer> fresh = blocks(after);
        fresh.removeAll(known);
        assertThat(known).hasSizeGreaterThan(30);
        assertThat(fresh).hasSizeLessThan(10);
    }

    private static Set<ByteBuffer> blocks(byte[] bytes) {
        Set<ByteBuffer> blocks = new HashSet<>();
        for (int at = 0; at < bytes.length; at += 4096) {
            blocks.add(ByteBuffer.wrap(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 4096))));
        }
        return blocks;
    }

    @Test
    void otherImagesAreLeftAlone() throws IOException {
        byte[] looksPacked = {0x1f, (byte) 0x8b, 1, 2, 3};
        Path core = Files.write(folder.resolve("core-1.img"), looksPacked);
        assertThat(unpacked(core)).isEqualTo(looksPacked);
        Path other = Files.write(folder.resolve("core-2.img"), new byte[] {1});
        TmpfsImage.pack(other);
        assertThat(other).hasBinaryContent(new byte[] {1});
    }

    private Path dump() throws Exception {
        Path fs = folder.resolve("fs");
        if (!Files.exists(fs)) {
            Files.createDirectory(fs);
            Random random = new Random(1);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 40_000; i++) {
                text.append(random.nextInt(1000)).append('\n');
            }
            Files.writeString(fs.resolve("text"), text);
            Files.createSymbolicLink(fs.resolve("link"), Path.of("text"));
            Path deep = Files.createDirectory(fs.resolve("d".repeat(120)));
            Files.writeString(deep.resolve("f"), text);
            // So many pieces that the map of the sparse file does not fit into its header.
            Path hole = fs.resolve("hole");
            run("truncate -s 4M " + hole);
            for (int i = 0; i < 40; i++) {
                run("printf piece | dd of=" + hole + " bs=4096 conv=notrunc status=none seek=" + (1 + 20 * i));
            }
        }
        Path image = folder.resolve(NAME);
        run("tar --create --gzip --no-unquote --no-wildcards --one-file-system --check-links --preserve-permissions"
                + " --sparse --numeric-owner --directory " + fs + " . > " + image);
        return image;
    }

    private static byte[] unpacked(Path image) throws IOException {
        try (InputStream in = TmpfsImage.unpacked(image)) {
            return in.readAllBytes();
        }
    }

    private static String run(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
