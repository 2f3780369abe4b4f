package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.cli.client.Points;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointHeader;
import io.rewind.event.PointKind;
import io.rewind.event.RestoreProgress;
import io.rewind.schemas.id.ContainerName;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A container that is started anew between points, and one that goes back into an earlier life. */
@ExtendWith(LiveNode.class)
class IncarnationIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String COUNT =
            "n=0; echo $$ >/life; while :; do n=$((n+1)); echo $n >/count; echo count $n; sleep 0.1; done";

    @Test
    void aRestartIsANewIncarnationAndTheOldOneCanComeBack(LiveNode.Live live) {
        Moves moves = new Moves(live.session());
        try (Docker docker = new Docker()) {
            String name = docker.name("lives");
            docker.start(
                    name,
                    "--env",
                    "LIFE=1",
                    "--label",
                    "keep=this",
                    "--label",
                    "rewind.interval=1h",
                    "--label",
                    "rewind.capture=true",
                    "rewind-test/perl",
                    "/bin/sh",
                    "-c",
                    COUNT);
            awaitCount(docker, name, 3);
            PointCommitted first = moves.capture(name);
            long counted = count(docker, name);
            Docker.run("restart", "--time", "0", name);
            awaitCount(docker, name, 1);
            PointCommitted second = moves.capture(name);
            assertThat(first.getHeader().getIncarnation()).isEqualTo(1);
            assertThat(second.getHeader().getIncarnation()).isEqualTo(2);
            assertThat(second.getHeader().getKind()).isEqualTo(PointKind.FULL);
            assertThat(second.getHeader().getParent()).isEmpty();

            RestoreProgress restored = moves.back(name, Moves.id(first));

            assertThat(count(docker, name)).isBetween(1L, counted + 100);
            awaitCount(docker, name, count(docker, name) + 3);
            assertThat(docker.inspect(name, "{{index .Config.Labels \"keep\"}}"))
                    .isEqualTo("this");
            assertThat(docker.inspect(name, "{{.Config.Env}}")).contains("LIFE=1");
            assertThat(docker.inspect(name, "{{.Id}}")).isEqualTo(restored.getRunningContainer());

            PointHeader third = moves.capture(name).getHeader();
            assertThat(third.getTimeline())
                    .as("one history")
                    .isEqualTo(first.getHeader().getTimeline());
            assertThat(third.getIncarnation()).isGreaterThan(2);
            // At its interval, it may have been captured by then.
            PointHeader grown = firstOf(third.getIncarnation(), name, live);
            assertThat(grown.getParent()).as("what was there before").contains(restored.getUndoPoint());
            assertThat(grown.getBranch())
                    .as("a branch grows from what was restored")
                    .contains(Moves.id(first));
            assertThat(new Points(live.session()).of(new ContainerName(name)))
                    .extracting(p -> p.getHeader().getPoint())
                    .contains(Moves.id(first), Moves.id(second), restored.getUndoPoint(), third.getPoint());

            RestoreProgress again = moves.back(name, Moves.id(first));
            assertThat(again.getRunningContainer()).as("in place now").isEqualTo(restored.getRunningContainer());
            PointHeader fourth = firstOf(moves.capture(name).getHeader().getIncarnation(), name, live);
            assertThat(fourth.getKind()).isEqualTo(PointKind.DELTA);
            assertThat(fourth.getParent()).as("what was there before").contains(again.getUndoPoint());
            assertThat(fourth.getBranch()).contains(Moves.id(first));
            long then = count(docker, name);
            RestoreProgress _ = moves.back(name, fourth.getPoint());
            assertThat(count(docker, name)).as("it is restored from that").isBetween(1L, then + 100);

            stopAndStart(docker, name);
        }
    }

    private static PointHeader firstOf(int incarnation, String name, LiveNode.Live live) {
        return new Points(live.session())
                .of(new ContainerName(name)).stream()
                        .map(PointCommitted::getHeader)
                        .filter(point -> point.getIncarnation() == incarnation)
                        .findFirst()
                        .orElseThrow();
    }

    private static void stopAndStart(Docker docker, String name) {
        Docker.run("stop", "--time", "1", name);
        assertThat(docker.inspect(name, "{{.State.Running}}")).isEqualTo("false");
        Docker.run("start", name);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Docker.run("logs", "--tail", "5", name))
                        .as("it writes its log after a fresh start")
                        .contains("count"));
        awaitCount(docker, name, 2);
    }

    private static void awaitCount(Docker docker, String name, long least) {
        await().atMost(LIMIT).until(() -> count(docker, name) >= least);
    }

    private static long count(Docker docker, String name) {
        return Optional.of(docker.exec(name, "sh", "-c", "cat /count 2>/dev/null || true"))
                .filter(text -> !text.isBlank())
                .map(Long::parseLong)
                .orElse(0L);
    }
}
