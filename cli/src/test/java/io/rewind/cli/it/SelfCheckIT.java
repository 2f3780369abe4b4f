package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.cli.client.PointChoice;
import io.rewind.cli.client.RestoreOrder;
import io.rewind.cli.client.Restores;
import io.rewind.event.LazySource;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointKind;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import io.rewind.schemas.id.ContainerName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** I2 and I7 from inside: several processes that check their memory against their files, before and after. */
@ExtendWith(LiveNode.class)
class SelfCheckIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int WORKERS = 4;
    private static final int LOAD = 4;
    private static final int CAPTURES = Integer.getInteger("rewind.test.captures", 20);
    /** The command also makes an image with a program that has threads. */
    private static final boolean THREADS = System.getProperty("rewind.test.captures") != null;

    private static final long SEED = Long.getLong("rewind.test.seed", 4711);

    @Test
    void I2_memoryAndFilesOfEveryPointAgree(LiveNode.Live live) throws IOException {
        Moves moves = new Moves(live.session());
        try (Docker docker = new Docker()) {
            String name = docker.name("selfcheck");
            start(docker, name, 500, WORKERS);
            awaitProgress(docker, name, WORKERS);
            List<PointCommitted> points = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                points.add(moves.capture(name));
                awaitProgress(docker, name, WORKERS);
            }
            assertThat(points.getFirst().getHeader().getKind()).isEqualTo(PointKind.FULL);
            assertThat(points.getLast().getHeader().getKind()).isEqualTo(PointKind.DELTA);

            for (int i : new int[] {3, 0, 4}) {
                docker.exec(name, "sh", "-c", "echo vandal >/data/file1; rm /data/file2");
                await().atMost(LIMIT).until(() -> !broken(docker, name).isEmpty());

                moves.back(name, Moves.id(points.get(i)));

                awaitProgress(docker, name, WORKERS);
                assertThat(broken(docker, name)).as("point %d", i).isEmpty();
            }
            String clone = docker.name("selfcheck-clone");
            moves.clone(name, Moves.id(points.get(1)), clone);
            awaitProgress(docker, clone, WORKERS);
            assertThat(broken(docker, clone)).isEmpty();
            assertThat(broken(docker, name)).isEmpty();
        }
    }

    /** {@code ./rewind test self-check} takes more of them. */
    @Test
    void I2_aSampleOfManyPointsTakenUnderLoadPasses(LiveNode.Live live) throws IOException {
        System.out.println("self-check: seed " + SEED);
        Moves moves = new Moves(live.session());
        List<Process> load = new ArrayList<>();
        try (Docker docker = new Docker()) {
            String name = docker.name("selfcheck-many");
            if (THREADS) {
                startThreads(docker, name);
            } else {
                start(docker, name, 500, WORKERS);
            }
            awaitProgress(docker, name, WORKERS);
            for (int i = 0; i < LOAD; i++) {
                load.add(new ProcessBuilder("/bin/sh", "-c", "while :; do :; done").start());
            }
            List<String> points = new ArrayList<>();
            while (points.size() < CAPTURES) {
                points.add(Moves.id(moves.capture(name)));
            }
            Collections.shuffle(points, new Random(SEED));
            List<String> sample = points.subList(0, Math.max(2, CAPTURES / 16));
            for (String point : sample) {
                moves.back(name, point);
                awaitProgress(docker, name, WORKERS);
                assertThat(broken(docker, name)).as("point %s", point).isEmpty();
            }
            System.out.println("self-check: " + CAPTURES + " points captured, " + sample.size() + " of them restored");
        } finally {
            load.forEach(Process::destroyForcibly);
        }
    }

    @Test
    void I7_muchMemoryThatComesAfterTheStartIsWholeAndIsCapturedAgain(LiveNode.Live live) throws IOException {
        int pages = 25_000;
        Moves moves = new Moves(live.session());
        try (Docker docker = new Docker()) {
            String name = docker.name("selfcheck-late");
            start(docker, name, pages, 1);
            awaitProgress(docker, name, 1);
            PointCommitted point = moves.capture(name);
            for (int round = 0; round < 2; round++) {
                awaitProgress(docker, name, 1);

                moves.back(name, Moves.id(point));

                // Until all of its memory is there, nobody gets a point.
                point = await().atMost(LIMIT).ignoreExceptions().until(() -> moves.capture(name), captured -> true);
                assertThat(point.getHeader().getPages()).isGreaterThan(pages);
                awaitProgress(docker, name, 1);
                assertThat(broken(docker, name)).isEmpty();
            }
        }
    }

    @Test
    void I7_aCloneThatStartsBeforeItsMemoryHasLeftTheStoreIsWhole(LiveNode.Live live) throws IOException {
        int pages = 25_000;
        Moves moves = new Moves(live.session());
        try (Docker docker = new Docker()) {
            String name = docker.name("selfcheck-remote");
            start(docker, name, pages, 1);
            awaitProgress(docker, name, 1);
            String point = Moves.id(moves.capture(name));
            String clone = docker.name("selfcheck-remote-clone");
            List<RestoreProgress> news = new CopyOnWriteArrayList<>();

            RestoreProgress last = new Restores(live.session())
                    .runUntilWhole(
                            new RestoreOrder(
                                    new ContainerName(name),
                                    PointChoice.byId(point),
                                    Optional.of(new ContainerName(clone)),
                                    List.of(),
                                    false,
                                    "",
                                    false,
                                    LazySource.REMOTE),
                            news::add);

            assertThat(last.getState()).as(last.getMessage()).isEqualTo(RestoreState.RUNNING);
            assertThat(news).anyMatch(told -> told.getState() == RestoreState.RUNNING && told.getMemoryMillis() < 0);
            awaitProgress(docker, clone, 1);
            assertThat(broken(docker, clone)).isEmpty();
            assertThat(moves.capture(clone).getHeader().getPages()).isGreaterThan(pages);
            awaitProgress(docker, name, 1);
            assertThat(broken(docker, name)).isEmpty();
        }
    }

    private static void start(Docker docker, String name, int pages, int workers) throws IOException {
        docker.start(
                name,
                "rewind-test/perl",
                "/usr/bin/perl",
                "-e",
                Docker.resource("selfcheck.pl"),
                Integer.toString(pages),
                Integer.toString(workers));
    }

    private static void startThreads(Docker docker, String name) throws IOException {
        docker.start(
                name, "rewind-test/python", "/usr/bin/python3", "-c", Docker.resource("selfcheck.py"), "500", "2", "2");
    }

    /** Every worker completes three more rounds, each checked by itself. */
    private static void awaitProgress(Docker docker, String name, int workers) {
        List<Long> from = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            from.add(tick(docker, name, i));
        }
        await().atMost(LIMIT).untilAsserted(() -> {
            for (int i = 0; i < workers; i++) {
                assertThat(tick(docker, name, i)).as("worker %d", i).isGreaterThan(from.get(i) + 3);
            }
        });
    }

    private static long tick(Docker docker, String name, int worker) {
        String text = docker.exec(name, "sh", "-c", "cat /data/tick" + worker + " 2>/dev/null || echo 0");
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    private static String broken(Docker docker, String name) {
        return docker.exec(name, "sh", "-c", "cat /data/broken* 2>/dev/null || true");
    }
}
