package io.rewind.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.runtime.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageMapsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void findsEachMapWithItsPages() throws IOException {
        map("17", 2).writeInto(folder);
        map("shmem-3", 1).writeInto(folder);
        Files.writeString(folder.resolve("pagemap-x.img"), "not one");
        Files.writeString(folder.resolve("core-17.img"), "nor this");
        Files.write(folder.resolve("pages-2.img"), new byte[8192]);

        List<PageMaps.Located> found = PageMaps.inFolder(folder);

        assertThat(found).extracting(PageMaps.Located::map).containsExactly(map("17", 2), map("shmem-3", 1));
        assertThat(found)
                .extracting(PageMaps.Located::pages)
                .containsExactly(folder.resolve("pages-2.img"), folder.resolve("pages-1.img"));
        found.getFirst().requirePages();
    }

    @Test
    void oneFileOfPagesBelongsToOneMap() {
        map("17", 2).writeInto(folder);
        map("18", 2).writeInto(folder);
        refused(CriuFault.PAGES_MISMATCH, () -> PageMaps.inFolder(folder));
    }

    @Test
    void pagesFileHasToFitItsMap() throws IOException {
        map("17", 2).writeInto(folder);
        PageMaps.Located found = PageMaps.inFolder(folder).getFirst();
        refused(CriuFault.IMAGE_DAMAGED, found::requirePages);
        Files.write(folder.resolve("pages-2.img"), new byte[8191]);
        refused(CriuFault.PAGES_MISMATCH, found::requirePages);
    }

    @Test
    void I9_mapThatIsALinkIsRefused() throws IOException {
        Files.createSymbolicLink(folder.resolve("pagemap-1.img"), Path.of("/dev/zero"));
        refused(CriuFault.IMAGE_DAMAGED, () -> PageMaps.inFolder(folder));
        refused(CriuFault.IMAGE_DAMAGED, () -> PageMaps.inFolder(folder.resolve("missing")));
    }

    private static PageMap map(String space, long pagesId) {
        return new PageMap(
                space,
                pagesId,
                List.of(
                        new Entry(0x1000, 2, Entry.PRESENT, CountField.WIDE),
                        new Entry(0x8000, 5, Entry.LAZY, CountField.WIDE)));
    }

    private static void refused(CriuFault code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
    }
}
