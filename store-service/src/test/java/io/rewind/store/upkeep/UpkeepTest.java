package io.rewind.store.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.event.ChunkRecord;
import io.rewind.event.Gap;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointExpired;
import io.rewind.event.Rebase;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.client.ClientFault;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.wire.Wire;
import io.rewind.store.TestPoints;
import io.rewind.store.TestRecords;
import io.rewind.store.TestStore;
import io.rewind.store.announce.Announcement;
import io.rewind.store.chunk.ChunkEntry;
import io.rewind.store.collect.Cycle;
import io.rewind.store.fault.StoreFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpkeepTest {
    private static final ChunkRecord A = TestRecords.noise(1, 8);
    private static final ChunkRecord B = TestRecords.noise(2, 8);
    private static final Duration LONG = Duration.ofHours(3);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static void take(TestStore store, List<? extends SpecificRecord> records) {
        store.append(records);
        store.catchUp();
    }

    private static List<String> points(TestStore store) {
        return store.client().points(TestRecords.TIMELINE).stream()
                .map(point -> point.getHeader().getPoint())
                .toList();
    }

    private static List<String> ids(int... points) {
        return IntStream.of(points).mapToObj(TestRecords::pointId).toList();
    }

    private static boolean has(TestStore store, ChunkRecord chunk) {
        return ChunkEntry.find(ChunkId.read(chunk.getId()), store.database()).isPresent();
    }

    private static <T> List<T> said(List<Announcement> where, Class<T> kind) {
        return where.stream()
                .map(a -> Wire.decode(a.bytes()))
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static List<PointCommitted> prune(TestStore store, String keep, boolean stay, boolean dryRun) {
        return store.whileWriting(
                () -> store.maintenance().prune(TestRecords.TIMELINE, Optional.of(keep), stay, dryRun));
    }

    private static void pin(TestStore store, int point, boolean pinned) {
        var _ = store.whileWriting(
                () -> store.maintenance().pin(TestRecords.TIMELINE, TestRecords.pointId(point), pinned));
    }

    @Test
    void whatThePolicyDoesNotKeepGoesButNotTheNewestNorWhatIsPinned() {
        try (TestStore store = new TestStore(folder)) {
            for (int point = 0; point < 5; point++) {
                take(store, TestPoints.full(point, A));
            }
            pin(store, 1, true);
            store.pass(LONG);
            assertThat(prune(store, "all for 1h", false, true)).hasSize(3);
            assertThat(points(store)).as("a dry run").hasSize(5);
            assertThat(prune(store, "all for 1h", false, false)).hasSize(3);
            assertThat(points(store)).isEqualTo(ids(1, 4));
            assertThat(store.client().pinned(TestRecords.TIMELINE)).containsExactly(TestRecords.pointId(1));
            assertThat(store.client().timelines("").getFirst().points()).isEqualTo(2);
            pin(store, 1, false);
            assertThat(prune(store, "all for 1h", false, false)).hasSize(1);
            assertThat(points(store)).isEqualTo(ids(4));
        }
    }

    @Test
    void aPolicyThatWasSetIsInForceFromNowOn() {
        try (TestStore store = new TestStore(folder)) {
            take(store, TestPoints.full(0, A));
            assertThat(prune(store, "all for 1h", true, false)).isEmpty();
            take(store, TestPoints.full(1, B));
            store.pass(LONG);
            var _ = store.whileWriting(() -> {
                store.upkeep().retain();
                return true;
            });
            assertThat(points(store)).isEqualTo(ids(1));
        }
    }

    @Test
    void I6_whatExpiredIsSaidOnceWhateverDies() {
        try (TestStore store = new TestStore(folder)) {
            take(store, TestPoints.full(0, A));
            take(store, TestPoints.full(1, B));
            store.expire(List.of(0));
            store.feed().failNext(true);
            assertThatThrownBy(store::settle).isInstanceOf(Fault.class);
            store.restart();
            store.settle();
            store.deliver(0, store.end());
            store.settle();
            assertThat(said(store.feed().points(), PointExpired.class))
                    .containsExactly(new PointExpired(TestRecords.TIMELINE, TestRecords.pointId(0), "test"));
            assertThat(points(store)).as("not back after a replay").isEqualTo(ids(1));
        }
    }

    @Test
    void questionsThatCannotBeAnsweredAreFaults() {
        try (TestStore store = new TestStore(folder)) {
            take(store, TestPoints.full(0, A));
            assertThatThrownBy(() -> pin(store, 7, true))
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.code()).isEqualTo(ClientFault.POINT_UNKNOWN));
            assertThatThrownBy(() -> prune(store, "some", false, false))
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.code()).isEqualTo(ClientFault.REQUEST_INVALID));
            assertThatThrownBy(() -> store.maintenance().verify("abcdefabcdef", _ -> {}, _ -> {}))
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.code()).isEqualTo(ClientFault.TIMELINE_UNKNOWN));
        }
    }

    @Test
    void aChunkWaitsForItsPointAsLongAsTheGrace() {
        try (TestStore store = new TestStore(folder)) {
            take(store, List.of(A));
            store.pass(Duration.ofMinutes(110));
            store.collect();
            assertThat(has(store, A)).isTrue();
            take(store, List.of(A));
            store.pass(Duration.ofMinutes(110));
            store.collect();
            assertThat(has(store, A)).as("it came again").isTrue();
            store.pass(Duration.ofMinutes(20));
            store.collect();
            assertThat(has(store, A)).isFalse();
        }
    }

    @Test
    void I6_aReferenceToWhatIsGoneIsRejectedAndARebaseHelps() {
        try (TestStore store = new TestStore(folder)) {
            take(store, TestPoints.full(0, A));
            take(store, TestPoints.full(1, B));
            store.expire(List.of(0));
            store.pass(LONG);
            store.collect();
            assertThat(has(store, A)).isFalse();
            List<SpecificRecord> delta = TestPoints.delta(2, 1, 8, A);
            take(store, delta.subList(1, delta.size()));
            assertThat(said(store.feed().points(), Gap.class))
                    .singleElement()
                    .satisfies(gap -> assertThat(gap.getCode()).isEqualTo(StoreFault.CHUNK_MISSING.name()));
            assertThat(said(store.feed().control(), Rebase.class)).hasSize(1);
            take(store, TestPoints.full(3, A));
            assertThat(points(store)).isEqualTo(ids(1, 3));
        }
    }

    @Test
    void I3_whatANewPointRefersToIsSparedThoughItWasGarbage() {
        try (TestStore store = new TestStore(folder)) {
            take(store, TestPoints.full(0, A));
            take(store, TestPoints.full(1, B));
            store.expire(List.of(0));
            store.pass(LONG);
            List<SpecificRecord> delta = TestPoints.delta(2, 1, 8, A);
            try (Cycle cycle = store.upkeep().collector().begin(Duration.ZERO)) {
                cycle.mark();
                take(store, delta.subList(1, delta.size()));
                var _ = cycle.sweep(store::writeBatch);
            }
            store.upkeep().collector().end();
            assertThat(points(store)).isEqualTo(ids(1, 2));
            assertThat(has(store, A)).isTrue();
            store.expire(List.of(1));
            store.pass(LONG);
            store.collect();
            assertThat(has(store, A)).isTrue();
            assertThat(has(store, B)).isFalse();
        }
    }

    @Test
    void I10_aboveTheLimitTheOldestGoUntilThereIsRoom() {
        try (TestStore store = new TestStore(folder, "all", 250_000)) {
            for (int point = 0; point < 20; point++) {
                take(store, TestPoints.full(point, TestRecords.noise(point, 8)));
            }
            pin(store, 3, true);
            store.flush();
            store.pass(LONG);
            store.collect();
            List<String> left = points(store);
            assertThat(left).contains(TestRecords.pointId(3), TestRecords.pointId(19));
            assertThat(left.size()).isBetween(5, 8);
            assertThat(left.subList(1, left.size()))
                    .isEqualTo(ids(IntStream.range(21 - left.size(), 20).toArray()));
            assertThat(said(store.feed().points(), PointExpired.class))
                    .extracting(PointExpired::getReason)
                    .containsOnly("size");
        }
    }

    @Test
    void I10_aFullDiskStopsRecordsAndGoesOnWhenThereIsRoom() {
        try (TestStore store = new TestStore(folder)) {
            take(store, TestPoints.full(0, A));
            store.free(() -> 1000);
            store.append(TestPoints.full(1, B));
            assertThatThrownBy(store::catchUp)
                    .isInstanceOfSatisfying(
                            Fault.class, fault -> assertThat(fault.code()).isEqualTo(StoreFault.STORE_FULL));
            assertThat(store.gauge("rewind_store_full")).isEqualTo(1);
            store.expire(List.of());
            store.settle();
            assertThat(points(store)).isEqualTo(ids(0));
            store.free(() -> Long.MAX_VALUE);
            store.catchUp();
            assertThat(store.gauge("rewind_store_full")).isZero();
            assertThat(points(store)).isEqualTo(ids(0, 1));
        }
    }
}
