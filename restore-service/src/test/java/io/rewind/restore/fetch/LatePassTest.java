package io.rewind.restore.fetch;

import static io.rewind.restore.fixture.Recipes.filled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.fixture.FakePoints;
import io.rewind.restore.plan.Limits;
import io.rewind.restore.plan.PlanReader;
import io.rewind.restore.plan.PointPlan;
import io.rewind.restore.points.StreamPart;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.process.PageRanges;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory of two processes, in chunks of 64 pages; each tenth page is zero. */
@SuppressWarnings("NullAway.Init")
class LatePassTest {
    private static final TimelineId TIMELINE = new TimelineId("a".repeat(64));
    private static final String ONE = "1";
    private static final String OTHER = "20";
    private static final long FIRST = 0x400;
    private static final int PAGES = 1000;

    @TempDir
    Path folder;

    private final FakePoints points = new FakePoints();
    private final Map<String, Map<Long, byte[]>> placed = new ConcurrentHashMap<>();
    private Fetch fetch;

    private static SortedMap<Long, byte[]> pages(int seed) {
        SortedMap<Long, byte[]> pages = new TreeMap<>();
        for (int i = 0; i < PAGES; i++) {
            byte[] page = filled(i % 10 == 0 ? 0 : seed);
            ByteBuffer.wrap(page).putInt(0, i % 10 == 0 ? 0 : i);
            // With a hole after the first half.
            pages.put(FIRST + i + (i < PAGES / 2 ? 0 : 100), page);
        }
        return pages;
    }

    private FakePoints.Draft draft() {
        return points.draft().memory(ONE, pages(1)).memory(OTHER, pages(2));
    }

    private LatePass pass(FakePoints.Draft draft) {
        PointId id = draft.commit(TIMELINE.text(), "c", "web", Instant.EPOCH, new byte[0]);
        PointPlan plan =
                PlanReader.read(points.point(TIMELINE, id).orElseThrow(), new Limits(1 << 20, 1 << 20, 1 << 30));
        fetch = new Fetch(points, TIMELINE, plan, folder, bytes -> {});
        fetch.bringPatches(stream -> true);
        return fetch.late(
                stream -> stream.kind() == StreamKind.MEMORY,
                i -> new Sink(placed.computeIfAbsent(
                        new String(plan.streams().get(i).name(), java.nio.charset.StandardCharsets.UTF_8),
                        _ -> new ConcurrentHashMap<>())));
    }

    @AfterEach
    void close() {
        fetch.close();
    }

    private record Sink(Map<Long, byte[]> pages) implements MemorySink {
        @Override
        public void put(long block, byte[] bytes, int offset, int length) {
            for (int at = 0; at < length; at += 4096) {
                pages.put(block + at / 4096, Arrays.copyOfRange(bytes, offset + at, offset + at + 4096));
            }
        }

        @Override
        public void zero(long block) {
            pages.put(block, new byte[4096]);
        }

        @Override
        public void lay(long page, ByteBuffer bytes) {
            throw new IllegalStateException("nobody has pages at hand");
        }

        @Override
        public void keep(PageRanges laid) {
            throw new IllegalStateException("nobody has pages at hand");
        }
    }

    private static PageRanges range(long first, long end) {
        return new PageRanges.Builder().add(first, end).build();
    }

    private Map<Long, byte[]> placed(String space) {
        return placed.getOrDefault(space, Map.of());
    }

    private void assertAllPlaced() {
        assertThat(placed(ONE)).containsExactlyInAnyOrderEntriesOf(pages(1));
        assertThat(placed(OTHER)).containsExactlyInAnyOrderEntriesOf(pages(2));
    }

    @Test
    void onlyTheChunksOfWantedPagesComeAndTheRestOnceLater() {
        LatePass pass = pass(draft());
        int chunks = 2 * Math.ceilDiv(PAGES * 9 / 10, 64);

        pass.bring(OTHER, range(FIRST + 75, FIRST + 77));

        assertThat(points.asked()).isEqualTo(1);
        assertThat(placed(OTHER).get(FIRST + 76)).isEqualTo(pages(2).get(FIRST + 76));
        assertThat(placed(ONE)).as("zeros of the other process").hasSize(PAGES / 10);
        pass.bring(OTHER, range(FIRST + 76, FIRST + 78));
        assertThat(points.asked()).as("what is here").isEqualTo(1);
        pass.rest();
        assertThat(points.asked()).isEqualTo(chunks);
        assertAllPlaced();
        pass.bring(ONE, range(FIRST, FIRST + PAGES / 2));
        assertThat(points.asked()).isEqualTo(chunks);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void patchedPagesComeOutOfTurnToo(int depth) {
        points.patched(depth);
        LatePass pass = pass(draft());

        pass.bring(ONE, range(FIRST + PAGES / 2 + 100, FIRST + PAGES / 2 + 300));

        for (long page = FIRST + PAGES / 2 + 100; page < FIRST + PAGES / 2 + 300; page++) {
            assertThat(placed(ONE).get(page)).isEqualTo(pages(1).get(page));
        }
        pass.rest();
        assertAllPlaced();
    }

    @Test
    void pagesThatThePointLacksAreSaidToBeMissing() {
        for (PageRanges lacking : new PageRanges[] {
            range(FIRST - 1, FIRST + 1), range(FIRST + PAGES / 2 - 1, FIRST + PAGES / 2 + 1), range(1 << 20, 1 << 21)
        }) {
            LatePass pass = pass(draft());
            assertThat(catchThrowableOfType(Fault.class, () -> pass.bring(ONE, lacking))
                            .code())
                    .isEqualTo(RestoreCode.POINT_DAMAGED);
            fetch.close();
        }
        LatePass pass = pass(draft());
        assertThat(catchThrowableOfType(Fault.class, () -> pass.bring("7", range(FIRST, FIRST + 1)))
                        .code())
                .isEqualTo(RestoreCode.POINT_DAMAGED);
    }

    /** What need not prove itself is wrong, so nothing of that kind may be asked for. */
    @Test
    void I7_eachChunkIsProvedBeforeItsPagesAreThere() {
        LatePass pass = pass(draft());
        points.garble();

        pass.bring(ONE, range(FIRST + 70, FIRST + 80));

        for (long page = FIRST + 70; page < FIRST + 80; page++) {
            assertThat(placed(ONE).get(page)).isEqualTo(pages(1).get(page));
        }
        pass.rest();
        assertAllPlaced();
    }

    @Test
    void I7_aStreamThatDoesNotComeOutIsFoundInTheEnd() {
        LatePass pass = pass(draft().edit(part -> new StreamPart(
                StreamChange.newBuilder(part.change())
                        .setDigest(ByteBuffer.wrap(new byte[16]))
                        .build(),
                part.chunks(),
                part.patches())));
        pass.bring(ONE, range(FIRST, FIRST + 9));

        assertThat(catchThrowableOfType(Fault.class, pass::rest).code()).isEqualTo(RestoreCode.POINT_DAMAGED);
        assertThat(pass.failure()).isPresent();
    }

    @Test
    void aStoreThatIsLostEndsItForEverybody() {
        LatePass pass = pass(draft());
        points.failAt(3);

        assertThat(catchThrowableOfType(Fault.class, pass::rest).code()).isEqualTo(RestoreCode.STORE_UNREACHABLE);
        Fault later = catchThrowableOfType(Fault.class, () -> pass.bring(OTHER, range(FIRST, FIRST + 400)));
        assertThat(later.code()).isEqualTo(RestoreCode.STORE_UNREACHABLE);
        assertThat(pass.failure()).contains(later);
    }

    @Test
    void whatAnotherIsAboutToBringIsWaitedForUntilItIsHereOrGivenUp() throws Exception {
        Executor own = work -> Thread.ofPlatform().daemon().start(work);
        for (boolean given : new boolean[] {false, true}) {
            placed.clear();
            LatePass pass = pass(draft());
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            int before = points.asked();
            points.beforeEach(number -> {
                asked.countDown();
                awaited(goOn);
            });
            CompletableFuture<Void> first =
                    CompletableFuture.runAsync(() -> pass.bring(ONE, range(FIRST + 1, FIRST + 2)), own);
            assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
            CompletableFuture<Void> second =
                    CompletableFuture.runAsync(() -> pass.bring(ONE, range(FIRST + 2, FIRST + 3)), own);

            if (given) {
                pass.giveUp();
                assertThat(second.handle((_, failed) -> failed != null).get(1, TimeUnit.MINUTES))
                        .isTrue();
                goOn.countDown();
            } else {
                goOn.countDown();
                second.get(1, TimeUnit.MINUTES);
                assertThat(placed(ONE).get(FIRST + 2)).isEqualTo(pages(1).get(FIRST + 2));
                assertThat(points.asked() - before).isEqualTo(1);
            }
            first.handle((_, failed) -> failed == null).get(1, TimeUnit.MINUTES);
            fetch.close();
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
