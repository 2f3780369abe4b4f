package io.rewind.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.rewind.runtime.fault.Fault;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ImageRebuildTest {
    private static final int LATER_FLAG = 1 << 9;

    @Test
    void everyEntryBecomesPresentAndKeepsItsOtherBits() {
        ByteString unknown = ByteString.fromHex("d80101");
        PageMap lazy = new PageMap(
                "5",
                4,
                List.of(
                        new Entry(0x1000, 2, Entry.LAZY | LATER_FLAG, CountField.NARROW, unknown),
                        new Entry(0x3000, 1, Entry.PRESENT, CountField.WIDE),
                        new Entry(0x9000, 3, Entry.LAZY | Entry.PRESENT, CountField.WIDE)),
                unknown);

        ImageRebuild rebuild = ImageRebuild.of(lazy);

        assertThat(rebuild.allPresent())
                .isEqualTo(new PageMap(
                        "5",
                        4,
                        List.of(
                                new Entry(
                                        0x1000, 2, Entry.LAZY | Entry.PRESENT | LATER_FLAG, CountField.NARROW, unknown),
                                new Entry(0x3000, 1, Entry.PRESENT, CountField.WIDE),
                                new Entry(0x9000, 3, Entry.LAZY | Entry.PRESENT, CountField.WIDE)),
                        unknown));
        assertThat(rebuild.pageOrder())
                .containsExactly(new Run(0x1000, 2, 0), new Run(0x3000, 1, 0x2000), new Run(0x9000, 3, 0x3000));
        assertThat(rebuild.bytes()).isEqualTo(0x6000);
        assertThat(rebuild.pagesName()).isEqualTo("pages-4.img");
    }

    @Test
    void longStretchesBecomeSeveralAfterOneAnother() {
        long pages = 2 * ImageRebuild.LONGEST + 5;
        PageMap map = new PageMap("5", 4, List.of(new Entry(0x1000, pages, Entry.LAZY, CountField.WIDE)));

        ImageRebuild rebuild = ImageRebuild.of(map);

        assertThat(rebuild.allPresent().entries()).extracting(Entry::pages).containsExactly(1L << 18, 1L << 18, 5L);
        assertThat(rebuild.pageOrder()).extracting(Run::fileOffset).containsExactly(0L, 1L << 30, 2L << 30);
        assertThat(rebuild.allPresent().entries().getLast().vaddr()).isEqualTo(0x1000 + (2L << 30));
        assertThat(rebuild.bytes()).isEqualTo(pages * Entry.PAGE);
    }

    @Test
    void pagesInAParentImageAreRefused() {
        PageMap map = new PageMap("5", 4, List.of(new Entry(0x1000, 2, Entry.PARENT, CountField.WIDE)));
        refused(CriuFault.PARENT_NEEDED, () -> ImageRebuild.of(map));
    }

    @Test
    void mapsOfOneImageShareNothing() {
        assertThat(ImageRebuild.ofAll(List.of(map("1", 1), map("2", 2)))).hasSize(2);
        refused(CriuFault.PAGES_MISMATCH, () -> ImageRebuild.ofAll(List.of(map("1", 1), map("2", 1))));
        refused(CriuFault.PAGES_MISMATCH, () -> ImageRebuild.ofAll(List.of(map("1", 1), map("1", 2))));
    }

    private static PageMap map(String space, long pagesId) {
        return new PageMap(space, pagesId, List.of());
    }

    private static void refused(CriuFault code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
    }
}
