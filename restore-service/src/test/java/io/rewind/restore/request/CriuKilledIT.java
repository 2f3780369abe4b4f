package io.rewind.restore.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import io.rewind.restore.fixture.Shell;
import io.rewind.schemas.id.PointId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * CRIU is killed in the middle of a restore, and the daemon that brings the memory after the start: run by
 * {@code ./rewind test criu-killed}.
 */
@EnabledIfSystemProperty(named = "rewind.test.criu-killed", matches = "true")
class CriuKilledIT extends RestoreStand {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final AtomicInteger kills = new AtomicInteger();

    /** @param after milliseconds from when it is first seen */
    @ParameterizedTest
    @CsvSource({
        "rewind, swrk, 0",
        "rewind, swrk, 60",
        "rewind, swrk, 150",
        "runc, swrk, 0",
        "runc, swrk, 60",
        "rewind, lazy-pages, 0",
        "rewind, lazy-pages, 100",
        "rewind, lazy-pages, 200"
    })
    void I8_theOldContainerOrTheNewOneRuns(String runtime, String which, int after) {
        late = which.equals("lazy-pages");
        String name = "travel-criu-killed";
        startWith(KEEP, name, "--runtime", runtime);
        String state = Shell.run("docker", "exec", name, "cat", "/state");
        PointId point = capture.capture(name, UnaryOperator.identity());
        afterAnswer = answer -> {
            if (answer.getState() == RestoreState.RESTORING) {
                CompletableFuture<Void> _ = CompletableFuture.runAsync(() -> kill(ids(name), which, after));
            }
        };

        RestoreProgress end = restore(name, point, RestoreMode.IN_PLACE, "");

        assertThat(end.getCode()).as(end.getMessage()).isIn("OK", "RESTORE_FAILED", "MEMORY_LOST");
        assertThat(kills).as("killed").hasPositiveValue();
        assertThat(ids(name)).as("one container").hasSize(1);
        assertThat(ask(name, "{{.State.Running}} {{.State.Paused}}"))
                .as(end.getCode() + " " + end.getMessage())
                .isEqualTo("true false");
        int now = count(name);
        await().atMost(LIMIT).until(() -> count(name) > now + 3);
        assertThat(Shell.run("docker", "exec", name, "cat", "/state")).isEqualTo(state);
    }

    private static List<String> ids(String name) {
        return Shell.run("docker", "ps", "--all", "--quiet", "--no-trunc", "--filter", "name=" + name)
                .lines()
                .toList();
    }

    /** The first that is seen; only one that works for one of these containers. */
    private void kill(List<String> containers, String which, int after) {
        long until = System.nanoTime() + LIMIT.toNanos();
        Optional<ProcessHandle> found = Optional.empty();
        while (found.isEmpty() && System.nanoTime() < until) {
            found = ProcessHandle.allProcesses()
                    .filter(process ->
                            line(process).contains("criu") && line(process).contains(which))
                    .filter(process -> containers.stream()
                            .anyMatch(id -> line(process).contains(id)
                                    || process.parent()
                                            .filter(runc -> line(runc).contains(id))
                                            .isPresent()))
                    .findFirst();
        }
        LockSupport.parkNanos(Duration.ofMillis(after).toNanos());
        found.ifPresent(process -> {
            process.destroyForcibly();
            kills.incrementAndGet();
        });
    }

    private static String line(ProcessHandle process) {
        return process.info().commandLine().orElse("");
    }
}
