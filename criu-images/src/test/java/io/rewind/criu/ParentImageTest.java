package io.rewind.criu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParentImageTest {
    private static final int ANONYMOUS = 0x22;
    private static final int OF_FILE = 0x2;
    private static final int REGULAR = 1;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aStretchOverSeveralMappingsIsCutWhereLatenessChanges() {
        PageMap map = map(new Entry(0x1000, 6, Entry.PARENT, CountField.WIDE));
        PageMap own = ParentImage.withoutParent(
                map,
                memory(
                        mapping(0x1000, 0x3000, OF_FILE),
                        mapping(0x3000, 0x5000, ANONYMOUS),
                        mapping(0x5000, 0x7000, ANONYMOUS)));
        assertThat(own.entries())
                .containsExactly(
                        new Entry(0x1000, 2, Entry.PRESENT, CountField.WIDE),
                        new Entry(0x3000, 4, Entry.LAZY, CountField.WIDE));
    }

    @Test
    void whatIsLockedHugeOrTheKernelsDoesNotComeLate() {
        PageMap map = map(new Entry(0x1000, 3, Entry.PARENT, CountField.BOTH));
        PageMap own = ParentImage.withoutParent(
                map,
                memory(
                        mapping(0x1000, 0x2000, ANONYMOUS | 0x2000),
                        mapping(0x2000, 0x3000, ANONYMOUS | 0x40000),
                        new AddressSpace.Mapping(0x3000, 0x4000, 0, 0, 5, ANONYMOUS, REGULAR | 1 << 3)));
        assertThat(own.entries()).containsExactly(new Entry(0x1000, 3, Entry.PRESENT, CountField.BOTH));
    }

    @Test
    void whatCriuHasItselfStays() {
        Entry lazy = new Entry(0x1000, 1, Entry.LAZY, CountField.WIDE);
        Entry present = new Entry(0x9000, 1, Entry.PRESENT, CountField.WIDE);
        PageMap own = ParentImage.withoutParent(
                map(lazy, new Entry(0x2000, 1, Entry.PARENT, CountField.WIDE), present),
                memory(mapping(0x1000, 0xa000, ANONYMOUS)));
        assertThat(own.entries()).containsExactly(new Entry(0x1000, 2, Entry.LAZY, CountField.WIDE), present);
    }

    @Test
    void itClaimsAllAddressesOfEachProcess() throws IOException {
        ParentImage.write(folder.resolve("parent"), List.of(1, 17));
        for (String space : List.of("1", "17")) {
            PageMap map = PageMap.read(folder.resolve("parent").resolve(ImageNames.pageMap(space)));
            assertThat(map.entries().getFirst().vaddr()).isZero();
            assertThat(map.entries().getLast().end()).isEqualTo(1L << 47);
            assertThat(map.pages()).isEqualTo(1L << 35);
        }
    }

    @Test
    void aDumpWithoutAParentStaysAsItIs() throws IOException {
        Path file = map(new Entry(0x1000, 1, Entry.LAZY, CountField.WIDE)).writeInto(folder);
        byte[] before = Files.readAllBytes(file);
        ParentImage.disown(folder);
        assertThat(file).hasBinaryContent(before);
    }

    private static PageMap map(Entry... entries) {
        return new PageMap("1", 1, List.of(entries));
    }

    private static AddressSpace.Mapping mapping(long start, long end, int flags) {
        return new AddressSpace.Mapping(start, end, 0, 0, 3, flags, REGULAR);
    }

    private static AddressSpace memory(AddressSpace.Mapping... mappings) {
        return new AddressSpace(0, 0, 0, List.of(), List.of(mappings));
    }
}
