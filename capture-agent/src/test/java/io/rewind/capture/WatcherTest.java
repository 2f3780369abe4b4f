package io.rewind.capture;

import static io.rewind.capture.LoopStand.ID;
import static io.rewind.capture.LoopStand.LATER;
import static io.rewind.capture.LoopStand.PATIENCE;
import static io.rewind.capture.LoopStand.START;
import static io.rewind.capture.LoopStand.container;
import static io.rewind.capture.LoopStand.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.capture.docker.Container;
import io.rewind.event.Branch;
import io.rewind.event.CaptureGap;
import io.rewind.event.CaptureNow;
import io.rewind.event.PointHeader;
import io.rewind.event.PointKind;
import io.rewind.event.Rebase;
import io.rewind.event.Unwatch;
import io.rewind.event.Watch;
import io.rewind.schemas.id.TimelineId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watcher and loops together. */
class WatcherTest {
    @TempDir
    private Path upper = Path.of("");

    @TempDir
    private Path data = Path.of("");

    private Optional<LoopStand> opened = Optional.empty();

    @BeforeEach
    void open() {
        opened = Optional.of(new LoopStand(upper, data, Duration.ofMinutes(1)));
    }

    @AfterEach
    void close() {
        stand().close();
    }

    private LoopStand stand() {
        return opened.orElseThrow();
    }

    @Test
    void aLabelOrAMessageStartsCapturesAndTheLastWordCounts() {
        stand().engine.containers.put(ID, container(START, true, Map.of("rewind.capture", "true")));
        stand().watcher.look(ID);
        assertThat(stand().watcher.status())
                .as("not before all messages are known")
                .isEmpty();
        stand().watcher.caughtUp();
        await().atMost(PATIENCE).until(() -> stand().points().size() > 1);
        stand().tell(new Unwatch("", "web", "me", now()));
        assertThat(stand().watcher.status()).isEmpty();
        stand().tell(new Watch("elsewhere", "web", 100L, "me", now()));
        assertThat(stand().watcher.status()).isEmpty();
        stand().tell(new Watch("here", "web", 100L, "me", now()));
        assertThat(stand().watcher.status()).hasSize(1);
        int before = stand().points().size();
        await().atMost(PATIENCE).until(() -> stand().points().size() > before);
        await().atMost(PATIENCE)
                .until(() -> !stand().registry
                        .find("rewind_capture_points_total")
                        .tag("container", "web")
                        .counters()
                        .isEmpty());
        stand().engine.containers.clear();
        stand().watcher.look(ID);
        assertThat(stand().watcher.status()).isEmpty();
        assertThat(stand().registry.getMeters())
                .as("a container that is gone loses its series")
                .noneMatch(meter -> "web".equals(meter.getId().getTag("container")));
    }

    @Test
    void I6_whoAsksForAnUnknownContainerIsTold() {
        stand().watcher.caughtUp();
        stand().tell(new CaptureNow("", "nobody", "t1", "me", now(), 0L));
        CaptureGap gap = stand().gaps().getFirst();
        assertThat(gap.getCode()).isEqualTo("CONTAINER_UNKNOWN");
        assertThat(gap.getTimeline()).isEqualTo("000000000000");
        assertThat(gap.getTrigger()).isEqualTo("t1");
    }

    @Test
    void I6_whoAsksForAStoppedOrPausedContainerIsTold() {
        stand().watcher.caughtUp();
        stand().engine.containers.put(ID, container(START, false, Map.of()));
        stand().ask("t1");
        await().atMost(PATIENCE).until(() -> stand().gaps().size() == 1);
        assertThat(stand().gaps().getLast().getCode()).isEqualTo("CONTAINER_NOT_RUNNING");
        Container c = container(START, true, Map.of());
        stand().engine
                .containers
                .put(
                        ID,
                        new Container(
                                c.id(), c.name(), c.image(), 1, true, true, false, START, "default", c.labels(), "{}"));
        stand().ask("t2");
        await().atMost(PATIENCE).until(() -> stand().gaps().size() == 2);
        assertThat(stand().gaps().getLast().getCode()).isEqualTo("CONTAINER_PAUSED");
        assertThat(stand().points()).isEmpty();
    }

    @Test
    void demandsOfThePastAreOver() {
        stand().engine.containers.put(ID, container(START, true, Map.of()));
        stand().watcher.message(new CaptureNow("", "web", "old", "me", now(), 0L), true);
        stand().watcher.caughtUp();
        assertThat(stand().watcher.status()).isEmpty();
    }

    @Test
    void I6_afterARebaseAFailureOrALostRecordThePointIsFull() {
        stand().watcher.caughtUp();
        stand().engine.containers.put(ID, container(START, true, Map.of()));
        PointHeader first = stand().captured("t1");
        assertThat(first.getKind()).isEqualTo(PointKind.FULL);
        assertThat(first.getParent()).isEmpty();
        PointHeader second = stand().captured("t2");
        assertThat(second.getKind()).isEqualTo(PointKind.DELTA);
        assertThat(second.getParent()).contains(first.getPoint());

        stand().tell(new Rebase(ID, "store lost a chunk", now()));
        assertThat(stand().captured("t3").getKind()).isEqualTo(PointKind.FULL);
        assertThat(stand().captured("t4").getKind()).isEqualTo(PointKind.DELTA);

        stand().freezer.failing = true;
        stand().ask("t5");
        await().atMost(PATIENCE).until(() -> stand().gaps().size() == 1);
        assertThat(stand().gaps().getLast().getCode()).isEqualTo("DUMP_FAILED");
        assertThat(stand().gaps().getLast().getTrigger()).isEqualTo("t5");
        stand().freezer.failing = false;
        assertThat(stand().captured("t6").getKind()).isEqualTo(PointKind.FULL);

        stand().kafka.sendException = new TimeoutException("away");
        stand().ask("t7");
        await().atMost(PATIENCE)
                .until(() -> stand().watcher.status().getFirst().gap().startsWith("PUBLISH_FAILED"));
        stand().kafka.sendException = null;
        assertThat(stand().captured("t8").getKind()).isEqualTo(PointKind.FULL);
        assertThat(stand().gaps()).extracting(CaptureGap::getTrigger).containsExactly("t5", "t7");
    }

    @Test
    void afterTheCaptureForARestoreTheIntervalWaits() {
        Duration rest = Duration.ofSeconds(1);
        stand().watcher.caughtUp();
        stand().watched(Map.of());
        stand().tell(new Watch("here", "web", 10L, "me", now()));
        stand().tell(new CaptureNow("", "web", "restore", "me", now(), rest.toMillis()));
        await().atMost(PATIENCE)
                .until(() -> stand().points().getLast().getTrigger().equals(CaptureLoop.INTERVAL_TRIGGER)
                        && stand().points().stream()
                                .anyMatch(p -> p.getTrigger().equals("restore")));
        List<PointHeader> points = stand().points().stream()
                .dropWhile(p -> !p.getTrigger().equals("restore"))
                .toList();
        assertThat(points.get(1).getCaptured())
                .isAfterOrEqualTo(points.getFirst().getCaptured().plus(rest));
    }

    @Test
    void whoAsksAgainPaysForWhatChangedUntilTheContainerStops() {
        stand().watcher.caughtUp();
        stand().engine.containers.put(ID, container(START, true, Map.of()));
        assertThat(stand().captured("t1").getKind()).isEqualTo(PointKind.FULL);
        stand().watcher.look(ID);
        assertThat(stand().captured("t2").getKind()).isEqualTo(PointKind.DELTA);
        stand().engine.containers.put(ID, container(START, false, Map.of()));
        stand().watcher.look(ID);
        assertThat(stand().watcher.status()).isEmpty();
    }

    @Test
    void aNewStartIsAFullPoint() {
        stand().watcher.caughtUp();
        stand().engine.containers.put(ID, container(START, true, Map.of()));
        assertThat(stand().captured("t1").getIncarnation()).isEqualTo(1);
        stand().engine.containers.put(ID, container(LATER, true, Map.of()));
        PointHeader second = stand().captured("t2");
        assertThat(second.getKind()).isEqualTo(PointKind.FULL);
        assertThat(second.getParent()).isEmpty();
        assertThat(second.getIncarnation()).isEqualTo(2);
    }

    @Test
    void aRestoreIsADeltaToWhatWasBeforeAndABranchOfTheRestoredPoint() {
        stand().watcher.caughtUp();
        stand().engine.containers.put(ID, container(START, true, Map.of()));
        PointHeader first = stand().captured("t1");
        stand().tell(new Branch(ID, first.getPoint(), Instant.parse("2026-01-01T00:10:00Z")));
        PointHeader present = stand().captured("t2");
        assertThat(present.getKind()).isEqualTo(PointKind.DELTA);
        assertThat(present.getBranch()).isEmpty();
        stand().engine.containers.put(ID, container(LATER, false, Map.of()));
        stand().watcher.look(ID);
        assertThat(stand().watcher.status()).as("nobody captures it").isEmpty();

        stand().engine.containers.put(ID, container(LATER, true, Map.of()));
        PointHeader restored = stand().captured("t3");
        assertThat(restored.getKind()).isEqualTo(PointKind.DELTA);
        assertThat(restored.getParent()).contains(present.getPoint());
        assertThat(restored.getBranch()).contains(first.getPoint());
        assertThat(restored.getIncarnation()).isEqualTo(2);
        PointHeader next = stand().captured("t4");
        assertThat(next.getParent()).contains(restored.getPoint());
        assertThat(next.getBranch()).isEmpty();

        stand().engine.containers.put(ID, container("2026-01-01T00:30:00Z", true, Map.of()));
        PointHeader restarted = stand().captured("t5");
        assertThat(restarted.getKind()).isEqualTo(PointKind.FULL);
        assertThat(restarted.getParent()).isEmpty();
        assertThat(restarted.getBranch()).isEmpty();
    }

    @Test
    void whatIsKnownOfAStoppedContainerGoesWithItThoughNobodyHeardOfItsEnd() {
        stand().watcher.caughtUp();
        stand().engine.containers.put(ID, container(START, true, Map.of()));
        PointHeader first = stand().captured("t1");
        stand().tell(new Branch(ID, first.getPoint(), Instant.parse("2026-01-01T00:10:00Z")));
        stand().engine.containers.put(ID, container(START, false, Map.of()));
        stand().watcher.look(ID);
        stand().engine.containers.clear();
        stand().watcher.lookAround();
        stand().engine.containers.put(ID, container(LATER, true, Map.of()));
        assertThat(stand().captured("t2").getKind()).isEqualTo(PointKind.FULL);
    }

    @Test
    void I6_aRebaseHoldsAlsoForWhatIsStopped() {
        stand().watcher.caughtUp();
        stand().engine.containers.put(ID, container(START, true, Map.of()));
        PointHeader first = stand().captured("t1");
        stand().tell(new Branch(ID, first.getPoint(), Instant.parse("2026-01-01T00:10:00Z")));
        stand().engine.containers.put(ID, container(START, false, Map.of()));
        stand().watcher.look(ID);
        stand().tell(new Rebase(ID, "store lost a chunk", now()));
        stand().engine.containers.put(ID, container(LATER, true, Map.of()));
        assertThat(stand().captured("t2").getKind()).isEqualTo(PointKind.FULL);
    }

    @Test
    void aRestoreAsAnotherContainerIsADeltaToWhatTheOldOneWas() {
        stand().watcher.caughtUp();
        Container old = container(START, true, Map.of());
        stand().engine.containers.put(ID, old);
        PointHeader first = stand().captured("t1");
        PointHeader present = stand().captured("t2");
        stand().tell(new Branch(ID, first.getPoint(), Instant.parse("2026-01-01T00:10:00Z")));
        String other = "b".repeat(ID.length());
        Map<String, String> label = Map.of(TimelineId.LABEL, ID);
        stand().engine
                .containers
                .put(ID, new Container(ID, "aside", old.image(), 1, true, true, false, START, "default", label, "{}"));
        stand().engine
                .containers
                .put(
                        other,
                        new Container(other, "web", old.image(), 1, true, false, false, LATER, "default", label, "{}"));
        PointHeader restored = stand().captured("t3");
        assertThat(restored.getContainer()).isEqualTo(other);
        assertThat(restored.getKind()).isEqualTo(PointKind.DELTA);
        assertThat(restored.getParent()).contains(present.getPoint());
        assertThat(restored.getBranch()).contains(first.getPoint());
    }

    @Test
    void aContainerStartedAnewDoesNotRestAnyMore() {
        Duration rest = Duration.ofHours(1);
        stand().watcher.caughtUp();
        stand().watched(Map.of());
        stand().tell(new Watch("here", "web", 10L, "me", now()));
        stand().tell(new CaptureNow("", "web", "restore", "me", now(), rest.toMillis()));
        await().atMost(PATIENCE)
                .until(() ->
                        stand().points().stream().anyMatch(p -> p.getTrigger().equals("restore")));
        stand().engine.containers.put(ID, container(LATER, true, Map.of()));
        stand().watcher.look(ID);
        await().atMost(PATIENCE)
                .until(() -> stand().points().getLast().getIncarnation() == 2
                        && stand().points().getLast().getTrigger().equals(CaptureLoop.INTERVAL_TRIGGER));
    }

    @Test
    void aBranchAnnouncedAfterTheStartIsForTheNextOne() {
        stand().watcher.message(new Branch(ID, "0199c2f4a1b37e05", Instant.parse("2026-01-02T00:00:00Z")), true);
        stand().watcher.caughtUp();
        stand().engine.containers.put(ID, container(START, true, Map.of()));
        assertThat(stand().captured("t1").getParent()).isEmpty();
    }
}
