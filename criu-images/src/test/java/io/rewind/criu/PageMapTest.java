package io.rewind.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.runtime.fault.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageMapTest {
    private static final String HEAD = "19435654" + "25400856" + "02000000" + "0801";

    @Test
    void I7_imageOfCriu42ComesOutAsItWentIn() {
        byte[] golden = Golden.file(Golden.WIDE_PAGE_MAP);
        PageMap map = PageMap.read("7073", new ByteArrayInputStream(golden));

        assertThat(Golden.written(map)).isEqualTo(golden);
        assertThat(map.pagesId()).isEqualTo(1);
        assertThat(map.entries()).allMatch(entry -> entry.count() == CountField.WIDE);
        assertThat(map.entries()).anyMatch(Entry::lazy).anyMatch(Entry::present);
        assertThat(map.presentBytes()).isEqualTo(1531904);
    }

    @Test
    void I7_imageOfCriu41ComesOutAsItWentIn() {
        PageMap map = PageMap.read("shmem-9", new ByteArrayInputStream(Golden.narrowPageMap()));

        assertThat(map.pagesId()).isEqualTo(3);
        assertThat(map.entries())
                .containsExactly(
                        new Entry(0x400000, 2, Entry.LAZY, CountField.NARROW),
                        new Entry(0x403000, 1, Entry.PRESENT, CountField.NARROW));
        assertThat(Golden.written(map)).isEqualTo(Golden.narrowPageMap());
    }

    @Test
    void fieldsOfLaterVersionsAreKept() {
        String entry = "08808080021001" + "2004" + "3205" + "68656c6c6f" + "d80101";
        byte[] whole = HexFormat.of()
                .parseHex("19435654" + "25400856" + "05000000" + "0801" + "9a0600" + length(entry) + entry);

        assertThat(Golden.written(read(whole))).isEqualTo(whole);
    }

    @Test
    void entryWithoutFlagsIsPresentAndOldParentMarkBecomesAFlag() {
        PageMap map = readEntries("08808080021001", "0880a080021001" + "1801");

        assertThat(map.entries()).extracting(Entry::flags).containsExactly(Entry.PRESENT, Entry.PARENT);
    }

    @Test
    void pagesNotPresentTakeNoRoomInTheFile() {
        PageMap map = new PageMap(
                "5",
                1,
                List.of(
                        new Entry(0x1000, 2, Entry.PRESENT, CountField.WIDE),
                        new Entry(0x3000, 7, Entry.LAZY, CountField.WIDE),
                        new Entry(0xa000, 1, Entry.PRESENT | Entry.LAZY, CountField.WIDE),
                        new Entry(0xc000, 3, 0, CountField.WIDE)));

        assertThat(map.presentPages()).containsExactly(new Run(0x1000, 2, 0), new Run(0xa000, 1, 0x2000));
        assertThat(map.absentPages()).extracting(Entry::vaddr).containsExactly(0x3000L, 0xc000L);
        assertThat(map.presentBytes()).isEqualTo(3 * 4096);
        assertThat(map.pages()).isEqualTo(13);
    }

    @Test
    void mapWithoutEntriesIsRead() {
        assertThat(readEntries().entries()).isEmpty();
    }

    @Test
    void everyShorteningIsRefusedOrLosesWholeEntries() {
        byte[] golden = Golden.file(Golden.WIDE_PAGE_MAP);
        PageMap whole = read(golden);
        int refused = 0;
        for (int length = 0; length < golden.length; length++) {
            byte[] cut = Arrays.copyOf(golden, length);
            try {
                PageMap map = read(cut);
                assertThat(map.entries())
                        .isEqualTo(whole.entries().subList(0, map.entries().size()));
                assertThat(Golden.written(map)).isEqualTo(cut);
            } catch (Fault fault) {
                assertThat(fault.code()).isEqualTo(CriuFault.IMAGE_DAMAGED);
                refused++;
            }
        }
        assertThat(refused).isEqualTo(golden.length - whole.entries().size());
    }

    @Test
    void wrongMagicsAreRefused() {
        refused(CriuFault.IMAGE_DAMAGED, () -> read(HexFormat.of().parseHex("19435655" + HEAD.substring(8))));
        refused(CriuFault.IMAGE_DAMAGED, () -> read(Golden.file(Golden.PROCESS_TREE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffffffff", "ffffff7f", "00000080", "01000400"})
    void giantRecordsAreRefusedBeforeTheyAreRead(String length) {
        refused(CriuFault.IMAGE_TOO_LARGE, () -> read(HexFormat.of().parseHex(HEAD + length)));
    }

    @Test
    void unorderedAndOverlappingEntriesAreRefused() {
        String low = "08808080021002" + "2004"; // 0x400000, 2 pages
        String inside = "0880a080021001" + "2004"; // 0x401000
        String above = "0880c080021001" + "2004"; // 0x402000
        assertThat(readEntries(low, above).entries()).hasSize(2);
        refused(CriuFault.IMAGE_DAMAGED, () -> readEntries(low, inside));
        refused(CriuFault.IMAGE_DAMAGED, () -> readEntries(above, low));
        refused(CriuFault.IMAGE_DAMAGED, () -> readEntries(low, low));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08818080021001", // misaligned
                "1001", // no address
                "0880808002", // no number of pages
                "08808080021000", // no pages
                "0880808002100028ffffffffffffffffff01", // 2^64-1 pages
                "0880808002100028808080808080808001", // past the end of the address space
                "08808080808080808080011001", // address beyond user space
                "0880808002" + "10ffffffffffff7f", // 32-bit field with more
                "08808080021001" + "2802", // the two numbers differ
                "0880808002" + "0880808002" + "1001", // twice the same field
                "0a0100" + "1001", // address of another type
                "08808080021001" + "20ffffffffffffffffff01", // flags too wide
                "08808080021001" + "3c", // end of a group that never began
                "08808080021001" + "3a05", // bytes that are not there
            })
    void impossibleEntriesAreRefused(String entry) {
        refused(CriuFault.IMAGE_DAMAGED, () -> readEntries(entry));
    }

    @Test
    void I10_entriesAreCounted() {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        image.writeBytes(HexFormat.of().parseHex(HEAD));
        ByteBuffer entry = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i <= PageMap.MAX_ENTRIES; i++) {
            entry.clear().putInt(10).put((byte) 8);
            long vaddr = (1L << 32) + i * 4096L;
            for (int shift = 0; shift < 28; shift += 7) {
                entry.put((byte) (((vaddr >>> shift) & 0x7f) | 0x80));
            }
            entry.put((byte) ((vaddr >>> 28) & 0x7f)).put((byte) 0x10).put((byte) 1);
            entry.putInt(0, entry.position() - 4);
            image.write(entry.array(), 0, entry.position());
        }
        refused(CriuFault.IMAGE_TOO_LARGE, () -> read(image.toByteArray()));
    }

    @Test
    void I9_writesAndReadsThroughNoLink(@TempDir Path folder) throws IOException {
        PageMap map = PageMap.read("7", new ByteArrayInputStream(Golden.narrowPageMap()));
        Path file = map.writeInto(folder);
        assertThat(file).isEqualTo(folder.resolve("pagemap-7.img"));
        assertThat(PageMap.read(file)).isEqualTo(map);
        map.writeInto(folder);
        assertThat(PageMap.read(file)).isEqualTo(map);

        Path outside = folder.resolve("outside");
        Files.move(file, outside);
        Files.createSymbolicLink(file, outside);
        refused(CriuFault.IMAGE_DAMAGED, () -> PageMap.read(file));
        refused(CriuFault.IMAGE_DAMAGED, () -> map.writeInto(folder));
        refused(CriuFault.NAME_REFUSED, () -> PageMap.read(outside));
    }

    @Test
    void spacesThatAreNoNamesAreRefused() {
        refused(CriuFault.NAME_REFUSED, () -> new PageMap("../1", 1, List.of()));
        refused(CriuFault.NAME_REFUSED, () -> new PageMap("1", 1L << 32, List.of()));
    }

    private static PageMap read(byte[] image) {
        return PageMap.read("1", new ByteArrayInputStream(image));
    }

    private static PageMap readEntries(String... entries) {
        StringBuilder image = new StringBuilder(HEAD);
        for (String entry : entries) {
            image.append(length(entry)).append(entry);
        }
        return read(HexFormat.of().parseHex(image));
    }

    private static String length(String hex) {
        return HexFormat.of().toHexDigits((byte) (hex.length() / 2)) + "000000";
    }

    private static void refused(CriuFault code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
    }
}
