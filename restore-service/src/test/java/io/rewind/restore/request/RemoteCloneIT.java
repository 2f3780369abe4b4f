package io.rewind.restore.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.event.LazySource;
import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreRequested;
import io.rewind.event.RestoreState;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.fixture.FakeEngine.Killed;
import io.rewind.restore.fixture.Shell;
import io.rewind.schemas.id.PointId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Clones that start from the store: real processes, the real daemon, a store that may be lost. */
class RemoteCloneIT extends RestoreStand {
    private static final int BYTES = 40_000_000;
    /** After the start; so many hold a few percent of the memory. */
    private static final int SOME = 20;

    private final AtomicInteger chunksAtStart = new AtomicInteger(Integer.MAX_VALUE);

    private PointId captured(String name) {
        late = true;
        startWith(keep(BYTES), name);
        return capture.capture(name, UnaryOperator.identity());
    }

    private RestoreRequested remote(String name, PointId point, String clone) {
        made.add(clone);
        return asked(name, point, RestoreMode.CLONE, clone)
                .setLazy(LazySource.REMOTE)
                .build();
    }

    private void note(RestoreProgress answer) {
        if (answer.getState() == RestoreState.RESTORING) {
            chunksAtStart.set(points.asked());
        }
    }

    /** From the start on the store gives so many more chunks, then waits, then is gone. */
    private void loseStoreAfter(int chunks, CountDownLatch when) {
        points.beforeEach(number -> {
            if (number > (long) chunksAtStart.get() + chunks) {
                try {
                    when.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw RestoreCode.STORE_UNREACHABLE.because("The store went away.");
            }
        });
    }

    private static boolean runsWithoutAll(RestoreProgress answer) {
        return answer.getState() == RestoreState.RUNNING && answer.getMemoryMillis() < 0;
    }

    private RestoreProgress answer(Predicate<RestoreProgress> which) {
        return answers.stream().filter(which).findFirst().orElseThrow();
    }

    private void assertNothingIsLeft(String clone) throws Exception {
        assertThat(Shell.run("docker", "ps", "-aq", "--filter", "name=" + clone))
                .isEmpty();
        String id = answers.stream()
                .map(RestoreProgress::getRunningContainer)
                .filter(running -> !running.isEmpty())
                .findFirst()
                .orElse("none");
        try (Stream<Path> pending = Files.list(PENDING)) {
            assertThat(pending.map(Path::toString)).noneMatch(path -> path.contains(id));
        }
    }

    @Test
    void I7_aCloneThatStartsFromTheStoreGetsEachOfItsPages() {
        String name = "remote-it-a";
        String clone = "remote-it-a2";
        PointId point = captured(name);
        String state = Shell.run("docker", "exec", name, "cat", "/state");
        assertThat(state).matches("same 5[0-9]{7}");
        int captured = count(name);
        List<String> daemonsWord = new CopyOnWriteArrayList<>();
        afterAnswer = answer -> {
            note(answer);
            if (over(answer)) {
                daemonsWord.add(Shell.run(
                        "cat",
                        PENDING.resolve(answer.getRunningContainer() + ".late/ended")
                                .toString()));
            }
        };

        RestoreProgress answer = restore(remote(name, point, clone));

        assertThat(answer.getState()).as(answer.getMessage()).isEqualTo(RestoreState.RUNNING);
        assertThat(answers).anyMatch(RemoteCloneIT::runsWithoutAll);
        assertThat(daemonsWord).containsExactly("0");
        assertThat(answers.stream().map(RestoreProgress::getState).dropWhile(told -> told != RestoreState.RESTORING))
                .containsExactly(RestoreState.RESTORING, RestoreState.RUNNING, RestoreState.RUNNING);
        assertThat(chunksAtStart.get()).as("chunks before the start, of all").isLessThan(points.asked() / 4);
        int first = count(clone);
        assertThat(first).isGreaterThanOrEqualTo(captured - 1);
        await().atMost(Duration.ofMinutes(1)).until(() -> count(clone) > first + 3);
        assertThat(Shell.run("docker", "exec", clone, "cat", "/state")).isEqualTo(state);
        await().atMost(Duration.ofMinutes(1)).until(() -> count(name) > captured + 3);
    }

    @Test
    void aCloneWhoseStoreIsLostWhileItRunsIsGoneAndItIsSaidWhy() throws Exception {
        String name = "remote-it-b";
        String clone = "remote-it-b2";
        PointId point = captured(name);
        long begun = Instant.now().getEpochSecond();
        CountDownLatch runs = new CountDownLatch(1);
        loseStoreAfter(SOME, runs);
        afterAnswer = answer -> {
            note(answer);
            if (runsWithoutAll(answer)) {
                assertThat(Shell.run("docker", "ps", "-q", "--filter", "name=" + clone))
                        .isNotEmpty();
                runs.countDown();
            }
        };

        RestoreProgress answer = restore(remote(name, point, clone));

        assertThat(answers).anyMatch(RemoteCloneIT::runsWithoutAll);
        assertThat(answer.getCode()).as(answer.getMessage()).isEqualTo("MEMORY_LOST");
        assertThat(answer.getMessage()).contains("The store went away.").contains("nothing was left of the clone");
        assertThat(Shell.run(
                        "docker",
                        "events",
                        "--since",
                        Long.toString(begun),
                        "--until",
                        Long.toString(Instant.now().getEpochSecond() + 1),
                        "--filter",
                        "event=die",
                        "--filter",
                        "container=" + answer(RemoteCloneIT::runsWithoutAll).getRunningContainer(),
                        "--format",
                        "{{.Actor.Attributes.exitCode}}"))
                .as("killed, before it could read zeros")
                .isEqualTo("137");
        assertNothingIsLeft(clone);
        int now = count(name);
        await().atMost(Duration.ofMinutes(1)).until(() -> count(name) > now + 3);
    }

    /** The daemon loses its connection while CRIU is at work, or just after. */
    @Test
    void aCloneWhoseStoreIsLostAtOnceIsGoneToo() throws Exception {
        String name = "remote-it-d";
        String clone = "remote-it-d2";
        PointId point = captured(name);
        loseStoreAfter(0, new CountDownLatch(0));
        afterAnswer = this::note;

        RestoreProgress answer = restore(remote(name, point, clone));

        assertThat(answer.getCode()).as(answer.getMessage()).isEqualTo("MEMORY_LOST");
        assertThat(answer.getMessage()).contains("The store went away.").contains("nothing was left of the clone");
        assertNothingIsLeft(clone);
    }

    /** Its page server goes with it. */
    @Test
    void I8_aCloneWhoseRestoreServiceDiesIsGoneAfterTheNextStart() throws Exception {
        String name = "remote-it-c";
        String clone = "remote-it-c2";
        PointId point = captured(name);
        CountDownLatch runs = new CountDownLatch(1);
        loseStoreAfter(SOME, runs);
        afterAnswer = answer -> {
            note(answer);
            if (runsWithoutAll(answer)) {
                runs.countDown();
                throw new Killed();
            }
        };

        try (Restores dies = restores()) {
            dies.accept(remote(name, point, clone));
            dies.close(Duration.ofMinutes(1));
        }
        assertThat(answers).noneMatch(RestoreStand::over);
        afterAnswer = answer -> {};
        try (Restores next = restores()) {
            next.recover();
        }

        assertThat(answers.getLast().getCode())
                .as(answers.getLast().getMessage())
                .isEqualTo("MEMORY_LOST");
        assertNothingIsLeft(clone);
    }
}
