package io.rewind.restore.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.event.PortBinding;
import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import io.rewind.restore.fixture.Shell;
import io.rewind.schemas.id.PointId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Restores of real processes. */
class RestoreIT extends RestoreStand {
    /** Counting went on from the captured number, in memory and in the file alike, and is still going on. */
    private static void assertGoesOnFrom(String name, int captured, int before) {
        int first = count(name);
        assertThat(first).isGreaterThanOrEqualTo(captured).isLessThan(before);
        await().atMost(Duration.ofSeconds(20)).until(() -> count(name) > first + 3);
    }

    /** Limits, pausing and killing of the captured container must not reach the restored one. */
    private static void assertOwnCgroup(String name) {
        String cgroups = Shell.run("cat", "/proc/" + ask(name, "{{.State.Pid}}") + "/cgroup");
        assertThat(cgroups.lines().filter(l -> l.contains("/docker/")))
                .isNotEmpty()
                .allMatch(l -> l.contains(ask(name, "{{.Id}}")));
    }

    private PointId captureThenBreak(String name) {
        PointId point = capture.capture(name, UnaryOperator.identity());
        int at = count(name);
        await().atMost(Duration.ofSeconds(40)).until(() -> count(name) > at + 80);
        Shell.run("docker", "exec", name, "sh", "-c", "echo broken > /vandal");
        return point;
    }

    @Test
    void a_containerOfTheRuntimeGoesBackInPlaceTwice() {
        String name = "restore-it-a";
        String id = start(name, "--runtime", "rewind");
        int captured = count(name);
        PointId point = captureThenBreak(name);
        int before = count(name);
        RestoreProgress answer = restore(name, point, RestoreMode.IN_PLACE, "");
        assertThat(answer.getState()).as(answer.getMessage()).isEqualTo(RestoreState.RUNNING);
        assertThat(answer.getRunningContainer()).isEqualTo(id);
        assertGoesOnFrom(name, captured, before);
        assertThat(Shell.run("docker", "exec", name, "sh", "-c", "if [ -e /vandal ]; then echo there; fi"))
                .isEmpty();
        assertThat(branches).containsExactly(point.text());
        assertThat(points.points(new io.rewind.schemas.id.TimelineId(id)))
                .anyMatch(p -> p.getHeader().getPoint().equals(answer.getUndoPoint()));
        PointId undo = new PointId(answer.getUndoPoint());
        RestoreProgress undone = restore(name, undo, RestoreMode.IN_PLACE, "");
        assertThat(undone.getState()).as(undone.getMessage()).isEqualTo(RestoreState.RUNNING);
        assertThat(count(name)).isGreaterThanOrEqualTo(before);
        assertThat(Shell.run("docker", "exec", name, "cat", "/vandal")).isEqualTo("broken");
        String last = Shell.run("docker", "logs", "--tail", "1", name);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !Shell.run("docker", "logs", "--tail", "1", name).equals(last));
        Shell.run("docker", "stop", "-t", "0", name);
        Shell.run("docker", "start", name);
        await().atMost(Duration.ofSeconds(20)).until(() -> count(name) > 0 && count(name) < captured + 80);
    }

    @Test
    void b_containerOfAnotherRuntimeIsReplaced() {
        late = true;
        String name = "restore-it-b";
        String id = start(name, "-p", "127.0.0.1:19181:80", "-e", "A=b", "-l", "x=y", "-v", "/anonymous");
        String volume = ask(name, "{{(index .Mounts 0).Name}}");
        int captured = count(name);
        PointId point = captureThenBreak(name);
        int before = count(name);
        RestoreProgress answer = restore(name, point, RestoreMode.IN_PLACE, "");
        assertThat(answer.getState()).as(answer.getMessage()).isEqualTo(RestoreState.RUNNING);
        assertThat(answer.getRunningContainer()).isNotEqualTo(id).isEqualTo(ask(name, "{{.Id}}"));
        assertGoesOnFrom(name, captured, before);
        assertOwnCgroup(name);
        assertThat(
                        ask(
                                name,
                                "{{.HostConfig.Runtime}} {{index .Config.Labels \"x\"}} {{index .Config.Env 0}} {{(index .Mounts 0).Name}}"))
                .isEqualTo("rewind y A=b " + volume);
        assertThat(ask(name, "{{index .Config.Labels \"rewind.timeline\"}}")).isEqualTo(id);
        assertThat(Shell.run("docker", "port", name, "80")).isEqualTo("127.0.0.1:19181");
        assertThat(Shell.run("docker", "ps", "-aq", "--filter", "name=" + name).lines())
                .hasSize(1);
        Shell.run("docker", "rm", "-f", "-v", name);
    }

    @Test
    void c_cloneRunsBesideOnItsOwnPort() {
        late = true;
        String name = "restore-it-c";
        start(name, "--runtime", "rewind", "-p", "127.0.0.1:19182:80");
        int captured = count(name);
        PointId point = captureThenBreak(name);
        int before = count(name);
        made.add("restore-it-c2");
        RestoreProgress answer = restore(
                name, point, RestoreMode.CLONE, "restore-it-c2", new PortBinding("127.0.0.1", 19183, 80, "tcp"));
        assertThat(answer.getState()).as(answer.getMessage()).isEqualTo(RestoreState.RUNNING);
        assertGoesOnFrom("restore-it-c2", captured, before);
        assertThat(count(name)).isGreaterThanOrEqualTo(before);
        assertOwnCgroup("restore-it-c2");
        assertThat(Shell.run("docker", "port", "restore-it-c2", "80")).isEqualTo("127.0.0.1:19183");
        RestoreProgress taken = restore(name, point, RestoreMode.CLONE, "restore-it-c2");
        assertThat(taken.getCode()).isEqualTo("NAME_TAKEN");
        made.add("restore-it-c3");
        PointId ofClone = capture.capture("restore-it-c2", UnaryOperator.identity());
        RestoreProgress again = restore("restore-it-c2", ofClone, RestoreMode.CLONE, "restore-it-c3");
        assertThat(again.getState()).as(again.getMessage()).isEqualTo(RestoreState.RUNNING);
    }

    @Test
    void I8_failedReplacementLeavesTheOldOneRunningAsItWas() {
        String name = "restore-it-d";
        start(name, "-p", "127.0.0.1:19184:80");
        String state = ask(name, "{{.Id}} {{.State.Pid}} {{.State.StartedAt}} {{.State.Paused}}");
        PointId point = capture.capture(name, RestoreIT::damaged);
        int before = count(name);
        RestoreProgress answer = restore(name, point, RestoreMode.IN_PLACE, "");
        assertThat(answer.getCode()).as(answer.getMessage()).isEqualTo("RESTORE_FAILED");
        assertThat(ask(name, "{{.Id}} {{.State.Pid}} {{.State.StartedAt}} {{.State.Paused}}"))
                .isEqualTo(state);
        assertThat(Shell.run("docker", "port", name, "80")).isEqualTo("127.0.0.1:19184");
        assertThat(ask(name, "{{len .NetworkSettings.Networks}}")).isEqualTo("1");
        await().atMost(Duration.ofSeconds(20)).until(() -> count(name) > before + 3);
        assertThat(Shell.run("docker", "ps", "-aq", "--filter", "name=" + name).lines())
                .hasSize(1);
    }

    @Test
    void I8_failedRestoreInPlacePutsThePresentBack() {
        String name = "restore-it-e";
        String id = start(name, "--runtime", "rewind");
        PointId point = capture.capture(name, RestoreIT::damaged);
        int at = count(name);
        await().atMost(Duration.ofSeconds(40)).until(() -> count(name) > at + 60);
        int before = count(name);
        RestoreProgress answer = restore(name, point, RestoreMode.IN_PLACE, "");
        assertThat(answer.getCode()).as(answer.getMessage()).isEqualTo("RESTORE_FAILED");
        assertThat(ask(name, "{{.Id}} {{.State.Running}}")).isEqualTo(id + " true");
        assertThat(count(name)).isGreaterThanOrEqualTo(before);
        int now = count(name);
        await().atMost(Duration.ofSeconds(20)).until(() -> count(name) > now + 3);
        assertThat(branches).containsExactly(point.text(), answer.getUndoPoint());
    }

    @Test
    void I7_memoryThatComesAfterTheStartIsAllThereAndIsCapturedAgain() {
        late = true;
        String name = "restore-it-f";
        String id = startWith(KEEP, name, "--runtime", "rewind");
        List<String> daemonsWord = new CopyOnWriteArrayList<>();
        afterAnswer = answer -> {
            if (over(answer)) {
                daemonsWord.add(
                        Shell.run("cat", PENDING.resolve(id + ".late/ended").toString()));
            }
        };
        String state = Shell.run("docker", "exec", name, "cat", "/state");
        assertThat(state).matches("same 16[0-9]{6}");
        PointId point = capture.capture(name, UnaryOperator.identity());
        for (int round = 0; round < 2; round++) {
            int captured = count(name);
            await().atMost(Duration.ofMinutes(2)).until(() -> count(name) > captured + 20);
            int before = count(name);

            RestoreProgress answer = restore(name, point, RestoreMode.IN_PLACE, "");

            assertThat(answer.getState()).as(answer.getMessage()).isEqualTo(RestoreState.RUNNING);
            assertThat(daemonsWord).containsOnly("0");
            assertThat(PENDING.resolve(id + ".late")).doesNotExist();
            assertThat(answer.getMemoryMillis()).isGreaterThanOrEqualTo(answer.getRunningMillis());
            int first = count(name);
            assertThat(first).isLessThan(before);
            await().atMost(Duration.ofSeconds(20)).until(() -> count(name) > first + 3);
            assertThat(Shell.run("docker", "exec", name, "cat", "/state")).isEqualTo(state);
            point = capture.capture(name, UnaryOperator.identity());
        }
    }

    /** Well-formed for us, not for CRIU. */
    private static byte[] damaged(byte[] core) {
        byte[] other = core.clone();
        java.util.Arrays.fill(other, 12, other.length, (byte) 0xEE);
        return other;
    }
}
