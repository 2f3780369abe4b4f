package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.cli.client.PointChoice;
import io.rewind.cli.client.RestoreOrder;
import io.rewind.cli.client.Restores;
import io.rewind.event.PointCommitted;
import io.rewind.event.RestoreProgress;
import io.rewind.schemas.id.ContainerName;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A program whose memory and files, in and out of a volume, carry the same number; it notices when they do not. */
@ExtendWith(LiveNode.class)
class VolumesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void I2_aVolumeGoesBackToTheTickThatMemoryHas(LiveNode.Live live) throws IOException {
        Moves moves = new Moves(live.session());
        try (Docker docker = new Docker()) {
            String volume = docker.name("volume");
            String name = docker.name("volumes");
            docker.startCounting(name, "/data/ticks", "--volume", volume + ":/data");
            PointCommitted first = moves.capture(name);
            docker.awaitMore(name, "/data/ticks");
            PointCommitted second = moves.capture(name);
            vandalise(docker, name);

            // Replaced first, for its runtime is another one; then in place.
            RestoreProgress replaced = moves.back(name, Moves.id(first));
            assertWhole(docker, name);
            vandalise(docker, name);
            RestoreProgress inPlace = moves.back(name, Moves.id(second));
            assertThat(inPlace.getRunningContainer()).isEqualTo(replaced.getRunningContainer());
            assertWhole(docker, name);
            assertThat(docker.inspect(name, "{{(index .Mounts 0).Name}}")).isEqualTo(volume);

            // I8: what was given up is there again, broken as it was.
            moves.back(name, inPlace.getUndoPoint());
            assertThat(said(docker, name)).contains("/data/ticks").contains("was here");

            String clone = docker.name("volumes-clone");
            moves.clone(name, Moves.id(first), clone);
            assertWhole(docker, clone);
            assertThat(docker.inspect(clone, "{{(index .Mounts 0).Name}}")).isNotEqualTo(volume);
            assertThat(said(docker, name)).contains("was here");
            docker.awaitMore(name, "/ticks");
        }
    }

    @Test
    void aVolumeThatALabelLeavesOutIsNeitherCapturedNorRolledBack(LiveNode.Live live) throws IOException {
        Moves moves = new Moves(live.session());
        try (Docker docker = new Docker()) {
            String name = docker.name("excluded");
            docker.startCounting(
                    name, "/ticks2", "--volume", docker.name("left-out") + ":/data", "--label", "rewind.volumes=off");
            docker.exec(name, "sh", "-c", "echo before >/data/file");
            long files = moves.capture(name).getHeader().getFiles();
            docker.exec(name, "sh", "-c", "for i in 1 2 3 4 5 6 7 8 9; do echo after >/data/file$i; done");
            PointCommitted point = moves.capture(name);
            assertThat(point.getHeader().getFiles()).isEqualTo(files);

            RestoreProgress answer = moves.back(name, Moves.id(point));

            assertWhole(docker, name);
            assertThat(docker.exec(name, "cat", "/data/file9")).isEqualTo("after");
            assertThat(answer.getMessage()).contains("/data was left as it is");
        }
    }

    @Test
    void I8_aVolumeInUseElsewhereIsNotTouched(LiveNode.Live live) throws IOException {
        Moves moves = new Moves(live.session());
        try (Docker docker = new Docker()) {
            String volume = docker.name("shared");
            String name = docker.name("sharing");
            String other = docker.name("other");
            docker.startCounting(name, "/data/ticks", "--volume", volume + ":/data");
            PointCommitted point = moves.capture(name);
            docker.start(other, "--volume", volume + ":/elsewhere", "rewind-test/perl", "/bin/sleep", "1000");
            long before = docker.awaitMore(name, "/data/ticks");

            RestoreProgress refused = new Restores(live.session())
                    .run(RestoreOrder.inPlace(new ContainerName(name), PointChoice.byId(Moves.id(point))), each -> {});

            assertThat(refused.getCode()).isEqualTo("VOLUME_IN_USE");
            assertThat(refused.getMessage()).contains(other);
            assertThat(docker.awaitMore(name, "/data/ticks")).isGreaterThan(before);
            assertWhole(docker, name);

            Docker.run("stop", "--time", "0", other);
            moves.back(name, Moves.id(point));
            assertWhole(docker, name);
        }
    }

    private static void vandalise(Docker docker, String name) {
        docker.exec(name, "sh", "-c", "rm /data/ticks; echo 7 >/data/ticks; echo was here >/data/vandal");
        await().atMost(LIMIT).until(() -> said(docker, name).contains("/data/ticks"));
    }

    /** It counts on, and has seen nothing but what it wrote. */
    private static void assertWhole(Docker docker, String name) {
        docker.awaitMore(name, "/ticks");
        assertThat(said(docker, name)).isEmpty();
    }

    /** By the program, and by the vandal. */
    private static String said(Docker docker, String name) {
        return docker.exec(name, "sh", "-c", "cat /broken /data/vandal 2>/dev/null || true");
    }
}
