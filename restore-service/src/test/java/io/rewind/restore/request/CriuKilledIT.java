package io.rewind.restore.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import io.rewind.restore.fixture.Shell;
import io.rewind.schemas.id.PointId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * CRIU is killed in the middle of restores, and the daemon that brings the memory after the start: run by
 * {@code ./rewind test criu-killed}.
 */
@EnabledIfSystemProperty(named = "rewind.test.kills", matches = "[0-9]+")
class CriuKilledIT extends RestoreStand {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int KILLS = Integer.getInteger("rewind.test.kills", 0);
    /** Milliseconds from when CRIU is first seen; it is at work for about half of that. */
    private static final int LATEST = 250;

    private final long seed = new Random().nextLong(1_000_000);
    private final Random random = new Random(seed);
    private int killed;
    private int undone;

    @Test
    void I8_inPlaceTheOldContainerOrTheNewOneRuns() {
        String name = "criu-killed-same";
        startWith(KEEP, name, "--runtime", "rewind");
        String state = Shell.run("docker", "exec", name, "cat", "/state");
        PointId point = capture.capture(name, UnaryOperator.identity());
        while (killed < KILLS) {
            restoreAndKill(name, point, state);
        }
        tell("in place");
    }

    /** Each is the first restore of its container. */
    @Test
    void I8_replacedTheOldContainerOrTheNewOneRuns() {
        String name = "criu-killed-other";
        while (killed < Math.ceilDiv(KILLS, 10)) {
            startWith(KEEP, name);
            String state = Shell.run("docker", "exec", name, "cat", "/state");
            restoreAndKill(name, capture.capture(name, UnaryOperator.identity()), state);
            Shell.run("docker", "rm", "--force", name);
        }
        tell("replaced");
    }

    private void tell(String what) {
        System.out.printf("criu-killed: %s, %d killed, %d undone, each ran on (seed %d)%n", what, killed, undone, seed);
    }

    private void restoreAndKill(String name, PointId point, String state) {
        late = random.nextBoolean();
        String which = late && random.nextBoolean() ? "lazy-pages" : "swrk";
        int after = random.nextInt(LATEST);
        String where = "seed " + seed + ", kill " + killed + ": " + which + " after " + after + " ms";
        AtomicBoolean over = new AtomicBoolean();
        // A restore that fails before it comes to CRIU has nothing to kill.
        AtomicReference<CompletableFuture<Boolean>> kill =
                new AtomicReference<>(CompletableFuture.completedFuture(false));
        afterAnswer = answer -> {
            if (answer.getState() == RestoreState.RESTORING) {
                kill.set(CompletableFuture.supplyAsync(() -> kill(ids(name), which, after, over)));
            }
        };

        RestoreProgress end = restore(name, point, RestoreMode.IN_PLACE, "");

        over.set(true);
        killed += kill.get().join() ? 1 : 0;
        undone += end.getState() == RestoreState.FAILED ? 1 : 0;
        where += ", " + end.getCode() + " " + end.getMessage();
        assertThat(end.getCode()).as(where).isIn("OK", "RESTORE_FAILED", "MEMORY_LOST");
        assertThat(ids(name)).as(where).hasSize(1);
        assertThat(ask(name, "{{.State.Running}} {{.State.Paused}}")).as(where).isEqualTo("true false");
        int now = count(name);
        await(where).atMost(LIMIT).until(() -> count(name) > now + 3);
        assertThat(Shell.run("docker", "exec", name, "cat", "/state")).as(where).isEqualTo(state);
        assertThat(Path.of("/proc/mounts")).content().as(where).doesNotContain("/criu-root ");
    }

    private static List<String> ids(String name) {
        return Shell.run("docker", "ps", "--all", "--quiet", "--no-trunc", "--filter", "name=" + name)
                .lines()
                .toList();
    }

    /** Whether there was something to kill; only what works for one of these containers. */
    private static boolean kill(List<String> containers, String which, int after, AtomicBoolean over) {
        while (find(containers, which).isEmpty() && !over.get()) {
            Thread.onSpinWait();
        }
        LockSupport.parkNanos(Duration.ofMillis(after).toNanos());
        // It has more than one life: at first it only tells its version.
        return find(containers, which).map(ProcessHandle::destroyForcibly).orElse(false);
    }

    private static Optional<ProcessHandle> find(List<String> containers, String which) {
        return ProcessHandle.allProcesses()
                .filter(process ->
                        line(process).contains("criu") && line(process).contains(which))
                .filter(process -> containers.stream()
                        .anyMatch(id -> line(process).contains(id)
                                || process.parent()
                                        .filter(runc -> line(runc).contains(id))
                                        .isPresent()))
                .findFirst();
    }

    private static String line(ProcessHandle process) {
        return process.info().commandLine().orElse("");
    }
}
