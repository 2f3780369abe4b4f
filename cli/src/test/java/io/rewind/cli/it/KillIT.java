package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.cli.client.Feed;
import io.rewind.cli.client.PointChoice;
import io.rewind.cli.client.RestoreOrder;
import io.rewind.cli.client.Restores;
import io.rewind.cli.client.Watches;
import io.rewind.event.PointCommitted;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.id.RequestId;
import io.rewind.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole node is killed, again and again, wherever it happens to be. */
class KillIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String COUNT = "n=0; while :; do n=$((n+1)); echo $n >/n; done";

    @Test
    void I3_I4_killedInTheMiddleOfCapturesNothingIsHalfNothingTwiceNothingLost() {
        try (LiveNode.Live live = new LiveNode.Live();
                Docker docker = new Docker()) {
            String name = docker.name("kill");
            docker.start(name, "rewind-test/perl", "/bin/sh", "-c", COUNT);
            new Watches(live.session()).watch(new ContainerName(name), "", Duration.ofMillis(200));
            long seed = new Random().nextLong(1_000_000);
            Random random = new Random(seed);
            Set<String> seen = new HashSet<>();
            for (int round = 0; round < 4; round++) {
                int enough = seen.size() + 1 + random.nextInt(6);
                Announced announced = new Announced(live.session().cluster());
                await().atMost(LIMIT).until(() -> announced.points().size() >= enough);
                announced.points().forEach(p -> seen.add(Moves.id(p)));
                live.kill();
                assertThat(docker.inspect(name, "{{.State.Running}}"))
                        .as("I1, seed %d", seed)
                        .isEqualTo("true");
                String before = docker.exec(name, "cat", "/n");
                await().atMost(LIMIT)
                        .until(() -> !docker.exec(name, "cat", "/n").equals(before));
                live.startAgain();
            }
            Announced announced = new Announced(live.session().cluster());
            new Watches(live.session()).unwatch(new ContainerName(name), "");
            // It has come the whole way, and so has all that was before it in its partition.
            seen.add(Moves.id(new Moves(live.session()).capture(name)));
            assertThat(announced.points())
                    .as("seed %d", seed)
                    .extracting(Moves::id)
                    .containsAll(seen);
            announced.holds();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RestoreState.class,
            names = {"ACCEPTED", "CAPTURING_PRESENT", "RESTORING"})
    void I8_killedInTheMiddleOfARestoreTheOldOrTheNewContainerRuns(RestoreState when) {
        try (LiveNode.Live live = new LiveNode.Live();
                Docker docker = new Docker()) {
            String name = docker.name("kill-restore");
            docker.start(name, "rewind-test/perl", "/bin/sh", "-c", COUNT);
            PointCommitted point = new Moves(live.session()).capture(name);
            RequestId id = RequestId.random();
            try (Feed results = live.session().follow(Topics.RESTORE_RESULTS)) {
                new Restores(live.session())
                        .send(id, RestoreOrder.inPlace(new ContainerName(name), PointChoice.byId(Moves.id(point))));
                await().atMost(LIMIT)
                        .until(() -> results.next().stream()
                                .anyMatch(r -> r instanceof RestoreProgress p
                                        && p.getRequest().equals(id.text())
                                        && p.getState() == when));
                live.kill();
            }
            live.startAgain();

            Announced announced = new Announced(live.session().cluster());
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(announced.ends(id))
                            .as("the request has an end")
                            .isNotEmpty());
            assertThat(announced.ends(id)).hasSize(1);
            assertThat(docker.inspect(name, "{{.State.Running}} {{.State.Paused}}"))
                    .isEqualTo("true false");
            assertThat(Docker.run("ps", "--all", "--filter", "name=" + name, "--format", "{{.Names}}"))
                    .as("one container, under its own name")
                    .isEqualTo(name);
            String before = docker.exec(name, "cat", "/n");
            await().atMost(LIMIT).until(() -> !docker.exec(name, "cat", "/n").equals(before));
        }
    }
}
