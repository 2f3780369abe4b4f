package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.cli.client.Look;
import io.rewind.cli.client.Maintenance;
import io.rewind.cli.client.PointChoice;
import io.rewind.cli.client.Points;
import io.rewind.cli.stand.DiskUse;
import io.rewind.restore.export.Export;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.id.PointId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Nine of ten points of a real container go, at random; what stays is compared with what the kernel said of it then. */
@EnabledIfSystemProperty(named = "rewind.test.points", matches = "[0-9]+")
class DeletionIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int POINTS = Integer.getInteger("rewind.test.points", 0);

    private static final int KEPT = Math.max(2, POINTS / 10);
    private static final long SEED = Long.getLong("rewind.test.seed", 4711);
    /** Nothing is captured any more when points go, so nothing has to be held for an encoder that refers to it. */
    private static final String SOON = """
        rewind.store.upkeep { interval = 1s, grace = 1s }
        """;

    /** Else the kernel notes in the memory of whoever waits on which processor it ran. */
    private static final String STILL = "GLIBC_TUNABLES=glibc.pthread.rseq=0";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void I5_I7_whatStaysOfManyPointsIsWhatMemoryAndFilesWereAndTheRestIsGivenBack() throws IOException {
        System.out.println("deletion: seed " + SEED);
        List<KeptAside> oracle = new ArrayList<>();
        try (LiveNode.Live live = new LiveNode.Live(SOON);
                Docker docker = new Docker()) {
            Moves moves = new Moves(live.session());
            String name = docker.name("deletion");
            docker.start(
                    name,
                    "--env",
                    STILL,
                    "rewind-test/perl",
                    "/usr/bin/perl",
                    "-e",
                    Docker.resource("stepping.pl"),
                    "" + SEED);
            List<String> points = new ArrayList<>();
            while (points.size() < POINTS) {
                KeptAside before = step(docker, name, points.size());
                points.add(Moves.id(moves.capture(name)));
                oracle.add(KeptAside.of(pid(docker, name)).unchangedSince(before));
            }
            long full = stored(live);

            List<String> staying = staying(points);
            Maintenance maintenance = new Maintenance(live.session());
            ContainerName container = new ContainerName(name);
            staying.forEach(point -> maintenance.pin(container, new PointId(point), true));
            await().atMost(LIMIT).until(() -> {
                maintenance.prune(container, Optional.of("all for 1s"), false, false);
                return new Points(live.session()).of(container).size() == KEPT;
            });
            assertThat(new Points(live.session()).of(container))
                    .extracting(Moves::id)
                    .containsExactlyInAnyOrderElementsOf(staying);
            // Of each point a megabyte is needed by no other; logs of the database stay until they are full.
            await().atMost(LIMIT).until(() -> stored(live) < full - (POINTS - KEPT) * 500_000L);
            System.out.println("deletion: " + POINTS + " points took " + full + " bytes of disk, " + KEPT + " take "
                    + stored(live));

            try (Look look = new Look(live.session())) {
                for (String point : staying) {
                    Path export = folder.resolve(point);
                    Export.into(look.source(), look.moment(container, PointChoice.byId(point)), export, percent -> {});
                    oracle.get(points.indexOf(point)).assertIsIn(export);
                }
            }
            assertThat(maintenance
                            .verify(Optional.of(container), _ -> {}, damage -> {
                                throw new AssertionError(damage);
                            })
                            .getPoints())
                    .isEqualTo(KEPT);

            int back = points.indexOf(staying.getFirst());
            moves.back(name, points.get(back));
            assertThat(KeptAside.of(pid(docker, name)).files())
                    .isEqualTo(oracle.get(back).files());
            step(docker, name, back + 1);
            System.out.println("deletion: " + KEPT + " of " + POINTS + " points held what they held, bit for bit");
        }
    }

    /** All but the newest at random: that one stays of itself. */
    private static List<String> staying(List<String> points) {
        List<String> older = new ArrayList<>(points.subList(0, points.size() - 1));
        Collections.shuffle(older, new Random(SEED));
        List<String> staying = new ArrayList<>(older.subList(0, KEPT - 1));
        staying.add(points.getLast());
        return staying;
    }

    /** Has the program take its next step, the first but for waiting for its beginning, and reads what it then has. */
    private static KeptAside step(Docker docker, String name, int number) throws IOException {
        Path proc = Path.of("/proc/" + pid(docker, name));
        Path data = proc.resolve("root/data");
        if (number > 0) {
            Files.writeString(data.resolve("go"), "x");
        }
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .ignoreExceptions()
                .until(() -> Files.readString(data.resolve("step")).equals(Integer.toString(number)) && sleeps(proc));
        return KeptAside.of(pid(docker, name));
    }

    /** It says which step it has taken before it waits for the next. */
    private static boolean sleeps(Path proc) throws IOException {
        return Files.readString(proc.resolve("stat")).contains(") S ");
    }

    private static long pid(Docker docker, String name) {
        return Long.parseLong(docker.inspect(name, "{{.State.Pid}}"));
    }

    /** What the store has on disk, in bytes. */
    private static long stored(LiveNode.Live live) {
        return DiskUse.of(live.folder().path().resolve("store"));
    }
}
