package io.rewind.restore.rebuild;

import static io.rewind.restore.fixture.Recipes.bytes;
import static io.rewind.restore.fixture.Recipes.filled;
import static io.rewind.restore.fixture.Recipes.meta;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rewind.criu.Entry;
import io.rewind.event.FileType;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.fixture.FakePoints;
import io.rewind.restore.fixture.Recipes;
import io.rewind.restore.images.PagesPlace;
import io.rewind.restore.plan.Limits;
import io.rewind.restore.time.TimeLine;
import io.rewind.restore.tree.Stage;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rebuild that returns before the memory is there: two pages that a start needs, then 200 that may come later. */
class LateRebuildTest {
    private static final TimelineId TIMELINE = new TimelineId("a".repeat(64));
    private static final long START = 0x400;
    private static final long LATER = 0x800;
    private static final int PAGES = 200;

    @TempDir
    Path folder;

    private final FakePoints points = new FakePoints();

    private static SortedMap<Long, byte[]> memory() {
        SortedMap<Long, byte[]> pages = new TreeMap<>();
        pages.put(START, filled(101));
        pages.put(START + 1, filled(102));
        for (int i = 0; i < PAGES; i++) {
            pages.put(LATER + i, filled(i % 100));
        }
        return pages;
    }

    private Optional<LateRebuild> begin(SortedMap<Long, byte[]> pages, boolean suits) {
        PointId point = points.draft()
                .image("pstree.img", bytes("x"))
                .image("descriptors.json", bytes("[\"a\",\"b\",\"c\"]"))
                .image(
                        "pagemap-1.img",
                        Recipes.pageMap(
                                new Entry(START * 4096, 2, 0, Recipes.COUNT),
                                new Entry(LATER * 4096, PAGES, Entry.LAZY, Recipes.COUNT)))
                .memory(Recipes.SPACE, pages)
                .entry(new byte[0], meta(FileType.DIRECTORY), new byte[0])
                .entry(bytes("f"), meta(FileType.FILE), bytes("content"))
                .commit(TIMELINE.text(), "c", "web", Instant.EPOCH.plusSeconds(9), new byte[0]);
        PointRebuild rebuild =
                new PointRebuild(points, new Limits(1000, 1000, 1 << 24), PagesPlace.onDisk(), bytes -> {});
        return rebuild.runLate(
                TIMELINE,
                rebuild.plan(TIMELINE, point),
                folder.resolve("images"),
                Map.of("", new Stage(folder.resolve("stage"))),
                percent -> {},
                images -> suits && Files.exists(images.resolve("pagemap-1.img")),
                new TimeLine());
    }

    private byte[] pagesFile() throws IOException {
        return Files.readAllBytes(folder.resolve("images/pages-1.img"));
    }

    private static byte[] page(byte[] file, int number) {
        return Arrays.copyOfRange(file, number * 4096, (number + 1) * 4096);
    }

    private void assertAllThere() throws IOException {
        byte[] all = pagesFile();
        assertThat(all).hasSize((2 + PAGES) * 4096);
        int number = 0;
        for (byte[] page : memory().values()) {
            assertThat(page(all, number++)).isEqualTo(page);
        }
    }

    @Test
    void whatAStartNeedsIsThereAndTheRestComesWhenItIsWanted() throws IOException {
        try (LateRebuild late = begin(memory(), true).orElseThrow()) {
            assertThat(folder.resolve("stage/tree/f")).hasContent("content");
            assertThat(page(pagesFile(), 0)).isEqualTo(filled(101));
            assertThat(page(pagesFile(), 1)).isEqualTo(filled(102));
            assertThat(page(pagesFile(), 2 + PAGES - 1)).as("not asked for yet").isEqualTo(filled(0));
            int asked = points.asked();

            ByteBuffer into = ByteBuffer.allocate(3 * 4096);
            late.read(Recipes.SPACE, LATER + PAGES - 3, 3, into);

            assertThat(into.array()).isEqualTo(Arrays.copyOfRange(pagesFile(), (PAGES - 1) * 4096, (2 + PAGES) * 4096));
            assertThat(page(into.array(), 2)).isEqualTo(filled(99));
            assertThat(points.asked()).isEqualTo(asked + 1);
            late.rest();
        }
        assertAllThere();
    }

    @Test
    void pagesOutsideOfThePageMapAreNotRead() {
        try (LateRebuild late = begin(memory(), true).orElseThrow()) {
            assertThat(catchThrowableOfType(
                                    Fault.class,
                                    () -> late.read(Recipes.SPACE, LATER + PAGES - 1, 2, ByteBuffer.allocate(2 * 4096)))
                            .code())
                    .isEqualTo(RestoreCode.POINT_DAMAGED);
        }
    }

    @Test
    void whereItDoesNotSuitAllOfItIsThereAtOnce() throws IOException {
        assertThat(begin(memory(), false)).isEmpty();

        assertAllThere();
        assertThat(folder.resolve("stage/tree/f")).hasContent("content");
    }

    @Test
    void I7_aStartThatWouldLackAPageIsRefused() {
        SortedMap<Long, byte[]> fewer = memory();
        fewer.remove(START + 1);

        assertThat(catchThrowableOfType(Fault.class, () -> begin(fewer, true)).code())
                .isEqualTo(RestoreCode.POINT_DAMAGED);
    }

    @Test
    void I7_aPageThatWouldBeLackedLaterIsMissedInTheEnd() {
        SortedMap<Long, byte[]> fewer = memory();
        fewer.remove(LATER + 7);
        try (LateRebuild late = begin(fewer, true).orElseThrow()) {
            assertThat(catchThrowableOfType(Fault.class, late::rest).code()).isEqualTo(RestoreCode.POINT_DAMAGED);
        }
    }

    @Test
    void aStoreThatIsLostBeforeTheStartFailsAsEver() {
        points.failAt(3);

        assertThat(catchThrowableOfType(Fault.class, () -> begin(memory(), true))
                        .code())
                .isEqualTo(RestoreCode.STORE_UNREACHABLE);
    }
}
