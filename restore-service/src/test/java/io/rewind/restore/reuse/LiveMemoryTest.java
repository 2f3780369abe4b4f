package io.rewind.restore.reuse;

import static io.rewind.restore.fixture.Recipes.bytes;
import static io.rewind.restore.fixture.Recipes.meta;
import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.criu.CountField;
import io.rewind.criu.Descriptors;
import io.rewind.criu.Entry;
import io.rewind.criu.PageMap;
import io.rewind.event.FileType;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.fetch.Holder;
import io.rewind.restore.fixture.FakePoints;
import io.rewind.restore.images.PagesPlace;
import io.rewind.restore.plan.Limits;
import io.rewind.restore.rebuild.PointRebuild;
import io.rewind.restore.time.TimeLine;
import io.rewind.restore.tree.Stage;
import io.rewind.runtime.process.PageRanges;
import io.rewind.runtime.process.TaskTree;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A point is rebuilt from this process, which goes on writing meanwhile: what comes out is the point, byte for byte,
 * whatever was written when, and whatever was said wrongly of what the process has.
 */
class LiveMemoryTest {
    private static final int PAGES = 2_000;
    private static final TimelineId TIMELINE = new TimelineId("a".repeat(64));
    private static final int PID = (int) ProcessHandle.current().pid();

    @TempDir
    Path folder;

    private final FakePoints points = new FakePoints();
    private final byte[][] wanted = new byte[PAGES][];
    private String space = "";
    private Random random = new Random(0);

    @BeforeEach
    void ownName() throws IOException {
        space = TaskTree.below(PID).byInnerPid().entrySet().stream()
                .filter(task -> task.getValue().pid() == PID)
                .findFirst()
                .orElseThrow()
                .getKey()
                .toString();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void I7_whileItWritesThePointComesOut(long seed) throws Exception {
        random = new Random(seed);
        try (WatchedMemory memory = fresh()) {
            PageRanges elsewhere = changeSome(memory);
            PointId point = point(memory);
            memory.protect();
            rebuild(point, memory, _ -> Map.of(space, elsewhere), () -> {});
            assertThat(rebuilt()).as("seed %d", seed).isEqualTo(expected());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void I7_whatIsSaidWronglyIsFoundOutAndEverythingIsBrought(long seed) throws Exception {
        random = new Random(seed);
        try (WatchedMemory memory = fresh()) {
            PageRanges elsewhere = changeSome(memory);
            PointId point = point(memory);
            memory.protect();
            PageRanges tooFew = elsewhere.batches((int) elsewhere.pages() - 1).getFirst();
            rebuild(point, memory, _ -> Map.of(space, tooFew), () -> {});
            assertThat(rebuilt()).as("seed %d", seed).isEqualTo(expected());
        }
    }

    @Test
    void I7_whatSomebodyElseProtectsAnewIsFoundOut() throws Exception {
        try (WatchedMemory memory = fresh()) {
            PointId point = point(memory);
            memory.protect();
            // The mark of this write is gone before anybody looks at it.
            rebuild(point, memory, _ -> Map.of(), () -> {
                memory.write(7, page());
                memory.protect();
            });
            assertThat(rebuilt()).isEqualTo(expected());
        }
    }

    @Test
    void whatIsHeldIsNotBrought() throws Exception {
        try (WatchedMemory memory = fresh()) {
            PointId point = point(memory);
            memory.protect();
            rebuild(point, Holder.NONE);
            int all = points.asked();
            clear();
            rebuild(point, holder(_ -> Map.of()));
            assertThat(rebuilt()).isEqualTo(expected());
            // The images only.
            assertThat(points.asked() - all).isLessThan(all / 4);
        }
    }

    @Test
    void withoutMarksNothingIsTaken() throws Exception {
        try (WatchedMemory memory = fresh()) {
            PointId point = point(memory);
            // Everything counts as written.
            rebuild(point, holder(_ -> Map.of()));
            assertThat(rebuilt()).isEqualTo(expected());
        }
    }

    @Test
    void aStoreThatCannotCompareMakesItSlowerOnly() throws Exception {
        try (WatchedMemory memory = fresh()) {
            PointId point = point(memory);
            memory.protect();
            rebuild(point, holder(_ -> {
                throw RestoreCode.STORE_UNREACHABLE.because("The store cannot compare.");
            }));
            assertThat(rebuilt()).isEqualTo(expected());
        }
    }

    private WatchedMemory fresh() {
        WatchedMemory memory = new WatchedMemory(PAGES);
        for (int page = 0; page < PAGES; page++) {
            wanted[page] = page();
            memory.write(page, wanted[page]);
        }
        return memory;
    }

    /** The process has some pages otherwise than the point; where these lie. */
    private PageRanges changeSome(WatchedMemory memory) {
        PageRanges.Builder changed = new PageRanges.Builder();
        for (int page = 0; page < PAGES; page++) {
            if (random.nextInt(20) == 0) {
                memory.write(page, page());
                changed.add(memory.firstPage() + page, memory.firstPage() + page + 1);
            }
        }
        return changed.build();
    }

    private byte[] page() {
        byte[] page = new byte[PageRanges.PAGE];
        random.nextBytes(page);
        return page;
    }

    private PointId point(WatchedMemory memory) {
        SortedMap<Long, byte[]> pages = new TreeMap<>();
        for (int page = 0; page < PAGES; page++) {
            pages.put(memory.firstPage() + page, wanted[page]);
        }
        ByteArrayOutputStream map = new ByteArrayOutputStream();
        Entry all = new Entry(memory.firstPage() * PageRanges.PAGE, PAGES, Entry.LAZY, CountField.NARROW);
        new PageMap(space, 1, List.of(all)).writeTo(map);
        return points.draft()
                .image("pstree.img", bytes("no reader looks into it"))
                .image(
                        "descriptors.json",
                        bytes(new Descriptors(List.of("/dev/null", "pipe:[1]", "pipe:[2]")).toJson()))
                .image("pagemap-" + space + ".img", map.toByteArray())
                .memory(space, pages)
                .entry(new byte[0], meta(FileType.DIRECTORY), new byte[0])
                .commit(TIMELINE.text(), "c", "web", Instant.EPOCH.plusSeconds(9), new byte[0]);
    }

    private Holder holder(Function<PointId, Map<String, PageRanges>> unlike) {
        PointId present = PointId.at(Instant.EPOCH.plusSeconds(10));
        return new LiveMemory(CompletableFuture.completedFuture(Optional.of(present)), unlike, PID, new TimeLine());
    }

    /** While another thread writes to the memory at random. */
    private void rebuild(
            PointId point,
            WatchedMemory memory,
            Function<PointId, Map<String, PageRanges>> unlike,
            Runnable beforeTheCopy)
            throws InterruptedException {
        Random choice = new Random(random.nextLong());
        Thread writer = Thread.ofPlatform().start(() -> {
            byte[] content = new byte[64];
            while (!Thread.currentThread().isInterrupted()) {
                choice.nextBytes(content);
                memory.write(choice.nextInt(PAGES), content);
                // Else it takes a processor of its own from the one that copies.
                LockSupport.parkNanos(20_000);
            }
        });
        try {
            rebuild(point, holder(present -> {
                beforeTheCopy.run();
                return unlike.apply(present);
            }));
        } finally {
            writer.interrupt();
            writer.join();
        }
    }

    private void rebuild(PointId point, Holder holder) {
        PointRebuild rebuild =
                new PointRebuild(points, new Limits(1000, 1 << 20, 1L << 30), PagesPlace.onDisk(), bytes -> {});
        rebuild.run(
                TIMELINE,
                rebuild.plan(TIMELINE, point),
                folder.resolve("images"),
                Map.of("", new Stage(folder.resolve("stage"))),
                percent -> {},
                holder,
                new TimeLine());
    }

    private void clear() {
        new PointRebuild(points, new Limits(1, 1, 1), PagesPlace.onDisk(), bytes -> {})
                .discard(folder.resolve("images"));
    }

    private byte[] rebuilt() throws IOException {
        return Files.readAllBytes(folder.resolve("images/pages-1.img"));
    }

    private byte[] expected() {
        byte[] all = new byte[PAGES * PageRanges.PAGE];
        for (int page = 0; page < PAGES; page++) {
            System.arraycopy(wanted[page], 0, all, page * PageRanges.PAGE, PageRanges.PAGE);
        }
        return all;
    }
}
