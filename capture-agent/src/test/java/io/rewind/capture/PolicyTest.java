package io.rewind.capture;

import static io.rewind.capture.LoopStand.ID;
import static io.rewind.capture.LoopStand.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.capture.docker.Container;
import io.rewind.capture.hook.Hooks;
import io.rewind.capture.preflight.Finding;
import io.rewind.capture.preflight.Rule;
import io.rewind.capture.watch.WatchPolicy;
import io.rewind.event.CaptureGap;
import io.rewind.event.PointHeader;
import io.rewind.event.PointKind;
import io.rewind.event.PreflightAnswered;
import io.rewind.event.PreflightFinding;
import io.rewind.event.PreflightRequested;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which captures that are due happen, and what is said about those that do not. */
class PolicyTest {
    @TempDir
    private Path upper = Path.of("");

    @TempDir
    private Path data = Path.of("");

    private Optional<LoopStand> opened = Optional.empty();

    private LoopStand stand(Duration idleLimit) {
        LoopStand stand = new LoopStand(upper, data, idleLimit);
        opened = Optional.of(stand);
        stand.watcher.caughtUp();
        return stand;
    }

    private LoopStand stand() {
        return stand(Duration.ofMinutes(5));
    }

    @AfterEach
    void close() {
        opened.ifPresent(LoopStand::close);
    }

    @Test
    void aContainerAtRestIsNotFrozenAndItIsSaidWhichPointItStillIs() {
        LoopStand stand = stand();
        stand.busy = false;
        stand.watched(Map.of());
        await().atMost(PATIENCE).until(() -> stand.gaps(CaptureFault.UNCHANGED).size() >= 3);
        assertThat(stand.freezer.freezes)
                .as("the first one, and one for what it did right after that")
                .hasValue(2);
        PointHeader last = stand.points().getLast();
        assertThat(stand.gaps(CaptureFault.UNCHANGED))
                .extracting(CaptureGap::getPoint)
                .containsOnly(last.getPoint());
        assertThat(stand.registry
                        .get("rewind_capture_unchanged_total")
                        .counter()
                        .count())
                .isGreaterThanOrEqualTo(3);

        stand.busy = true;
        await().atMost(PATIENCE).until(() -> stand.points().size() > 2);
        assertThat(stand.points().get(2).getKind()).isEqualTo(PointKind.DELTA);
        assertThat(stand.points().get(2).getParent()).contains(last.getPoint());
    }

    @Test
    void atRestWhoAsksGetsAPointAndWhatOthersWroteIsCaptured() {
        LoopStand stand = stand();
        stand.busy = false;
        stand.watched(Map.of());
        await().atMost(PATIENCE).until(() -> !stand.gaps(CaptureFault.UNCHANGED).isEmpty());
        assertThat(stand.captured("t1").getTrigger()).isEqualTo("t1");
        int before = stand.points().size();
        stand.watcher.look(ID);
        await().atMost(PATIENCE).until(() -> stand.points().size() > before);
    }

    @Test
    void atRestThereIsAPointAfterTheIdleLimit() {
        LoopStand stand = stand(LoopStand.USUAL.multipliedBy(4));
        stand.busy = false;
        stand.watched(Map.of());
        await().atMost(PATIENCE)
                .until(() -> !stand.gaps(CaptureFault.UNCHANGED).isEmpty()
                        && stand.points().size() >= 4);
    }

    @Test
    void I6_aRefusalIsSaidOnceAndNothingIsFrozenUntilItIsOver() {
        LoopStand stand = stand();
        stand.findings = List.of(
                new Finding(Rule.TERMINAL, true, "web has a terminal"),
                new Finding(Rule.NESTED_CGROUP, false, "good to know"));
        stand.watched(Map.of());
        await().atMost(PATIENCE).until(() -> gapsCounted(stand, CaptureFault.REFUSED) >= 3);
        assertThat(stand.gaps(CaptureFault.REFUSED)).singleElement().satisfies(gap -> {
            assertThat(gap.getMessage()).isEqualTo("web has a terminal");
            assertThat(gap.getTrigger()).isEqualTo("interval");
        });
        stand.ask("t1");
        await().atMost(PATIENCE).until(() -> stand.gaps(CaptureFault.REFUSED).size() == 2);
        assertThat(stand.gaps(CaptureFault.REFUSED).getLast().getTrigger()).isEqualTo("t1");
        assertThat(stand.freezer.freezes).hasValue(0);

        stand.findings = List.of();
        await().atMost(PATIENCE).until(() -> !stand.points().isEmpty());
    }

    @Test
    void whoAsksWhetherItCanBeCapturedIsAnswered() {
        LoopStand stand = stand();
        stand.findings = List.of(new Finding(Rule.DEVICE, true, "has /dev/fuse open"));
        stand.engine.containers.put(ID, LoopStand.container(LoopStand.START, true, Map.of()));
        stand.tell(new PreflightRequested("elsewhere", "web", "r0", "me", LoopStand.now()));
        stand.tell(new PreflightRequested("", "nobody", "r1", "me", LoopStand.now()));
        stand.tell(new PreflightRequested("", "web", "r2", "me", LoopStand.now()));
        assertThat(answers(stand)).singleElement().satisfies(answer -> {
            assertThat(answer.getRequest()).isEqualTo("r2");
            assertThat(answer.getName()).isEqualTo("web");
            assertThat(answer.getFindings())
                    .containsExactly(new PreflightFinding("DEVICE", true, "has /dev/fuse open"));
        });
        stand.watched(Map.of());
        stand.tell(new PreflightRequested("here", "web", "r3", "me", LoopStand.now()));
        await().atMost(PATIENCE).until(() -> answers(stand).size() == 2);
    }

    @Test
    void hooksAreAroundTheFreeze() {
        LoopStand stand = stand();
        stand.engine.containers.put(
                ID, LoopStand.container(LoopStand.START, true, Map.of(Hooks.BEFORE, "flush", Hooks.AFTER, "unlock")));
        stand.captured("t1");
        assertThat(stand.engine.executed).containsExactly("flush", "unlock");
        stand.freezer.failing = true;
        stand.ask("t2");
        await().atMost(PATIENCE)
                .until(() -> !stand.gaps(CaptureFault.DUMP_FAILED).isEmpty());
        assertThat(stand.engine.executed).containsExactly("flush", "unlock", "flush", "unlock");
    }

    @Test
    void I6_aFailedHookIsAGapUnlessTheLabelSaysOtherwise() {
        LoopStand stand = stand();
        stand.engine.exit = 3;
        Map<String, String> labels = Map.of(Hooks.BEFORE, "flush", Hooks.AFTER, "unlock");
        stand.engine.containers.put(ID, LoopStand.container(LoopStand.START, true, labels));
        stand.ask("t1");
        await().atMost(PATIENCE)
                .until(() -> stand.gaps(CaptureFault.HOOK_FAILED).size() == 1);
        assertThat(stand.gaps().getFirst().getMessage()).contains("ended with 3", "said", Hooks.REQUIRED);
        assertThat(stand.freezer.freezes).hasValue(0);
        assertThat(stand.engine.executed).containsExactly("flush", "unlock");

        stand.engine.containers.put(
                ID, LoopStand.container(LoopStand.START, true, Map.of(Hooks.BEFORE, "flush", Hooks.REQUIRED, "false")));
        assertThat(stand.captured("t2").getTrigger()).isEqualTo("t2");
    }

    @Test
    void freezesThatTakeTooMuchOfTheTimeAreFurtherApartAndItIsSaid() {
        LoopStand stand = stand();
        stand.freezer.frozen = LoopStand.USUAL;
        stand.watched(Map.of());
        await().atMost(PATIENCE).until(() -> !stand.gaps(CaptureFault.STRETCHED).isEmpty());
        assertThat(stand.gaps(CaptureFault.STRETCHED).getFirst().getMessage())
                .contains("instead of every 100 ms", "20 % of the time");
        assertThat(stand.registry.get("rewind_capture_interval_seconds").gauge().value())
                .isGreaterThan(0.1);
    }

    @Test
    void I10_whileKafkaIsAwayNothingIsFrozenAndThePointAfterItIsFull() {
        LoopStand stand = stand();
        stand.watched(Map.of());
        await().atMost(PATIENCE).until(() -> stand.points().size() >= 2);
        stand.kafka.sendException = new TimeoutException("away");
        await().atMost(PATIENCE).until(() -> gapsCounted(stand, CaptureFault.KAFKA_AWAY) >= 2);
        int frozen = stand.freezer.freezes.get();
        int published = stand.points().size();
        double away = gapsCounted(stand, CaptureFault.KAFKA_AWAY);
        await().atMost(PATIENCE).until(() -> gapsCounted(stand, CaptureFault.KAFKA_AWAY) >= away + 3);
        assertThat(stand.freezer.freezes).hasValue(frozen);
        assertThat(stand.registry.get("rewind_capture_waiting_bytes").gauge().value())
                .isZero();

        stand.kafka.sendException = null;
        await().atMost(PATIENCE).until(() -> stand.points().size() > published);
        assertThat(stand.points().get(published).getKind()).isEqualTo(PointKind.FULL);
        assertThat(stand.gaps(CaptureFault.KAFKA_AWAY)).hasSizeGreaterThanOrEqualTo(5);
        assertThat(stand.gaps()).extracting(CaptureGap::getCode).contains("PUBLISH_FAILED");
    }

    @Test
    void noMoreCapturesAtOnceThanTheHostAllows() {
        LoopStand stand = stand();
        stand.freezer.together = LoopStand.AT_ONCE;
        for (int i = 0; i < 5; i++) {
            String id = Integer.toString(i).repeat(64);
            Map<String, String> labels = Map.of(WatchPolicy.CAPTURE, "true");
            stand.engine.containers.put(
                    id,
                    new Container(id, "web" + i, "m", 1, true, false, false, LoopStand.START, "default", labels, "{}"));
            stand.watcher.look(id);
        }
        try {
            await().atMost(PATIENCE).until(() -> stand.points().size() >= 10);
        } finally {
            stand.freezer.together = 1;
        }
        assertThat(stand.freezer.most).hasValue(LoopStand.AT_ONCE);
    }

    private static double gapsCounted(LoopStand stand, CaptureFault code) {
        return Optional.ofNullable(stand.registry
                        .find("rewind_capture_gaps_total")
                        .tag("code", code.name())
                        .counter())
                .map(counter -> counter.count())
                .orElse(0.0);
    }

    private static List<PreflightAnswered> answers(LoopStand stand) {
        return stand.records().stream()
                .filter(PreflightAnswered.class::isInstance)
                .map(PreflightAnswered.class::cast)
                .toList();
    }
}
