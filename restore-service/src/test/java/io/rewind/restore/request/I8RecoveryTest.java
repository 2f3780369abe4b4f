package io.rewind.restore.request;

import static io.rewind.restore.fixture.Recipes.meta;
import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.FileType;
import io.rewind.event.LazySource;
import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.fixture.FakeEngine.Killed;
import io.rewind.restore.fixture.FakeEngine.Runs;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service dies at each change it asks of the engine and at each answer; the next one makes an end of it. */
class I8RecoveryTest {
    private static final int MORE_THAN_ALL_STEPS = 60;
    private static final String VOLUME = Try.VOLUME;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "rewind, IN_PLACE, false", "rewind, IN_PLACE, true",
        "runc, IN_PLACE, false", "runc, IN_PLACE, true",
        "rewind, CLONE, false", "rewind, CLONE, true"
    })
    void killedAtAnyCallExactlyOneRunsAndOneAnswerComes(String runtime, RestoreMode mode, boolean fails)
            throws IOException {
        killedAtAnyCall(
                runtime,
                mode,
                once -> {
                    if (fails) {
                        once.engine.failRestores();
                    }
                },
                (once, where) -> check(once, mode, where));
    }

    @ParameterizedTest
    @CsvSource({"rewind, IN_PLACE", "runc, IN_PLACE", "rewind, CLONE"})
    void killedAtAnyCallWhileMemoryComesLateExactlyOneRuns(String runtime, RestoreMode mode) throws IOException {
        killedAtAnyCall(runtime, mode, once -> once.memoryComesLate = true, (once, where) -> check(once, mode, where));
    }

    @ParameterizedTest
    @CsvSource({"rewind, IN_PLACE, present", "runc, IN_PLACE, web", "rewind, CLONE, web"})
    void killedAtAnyCallWhileMemoryIsLostThePresentRuns(String runtime, RestoreMode mode, String files)
            throws IOException {
        killedAtAnyCall(
                runtime,
                mode,
                once -> {
                    once.memoryComesLate = true;
                    once.engine.loseMemory();
                },
                (once, where) -> {
                    assertThat(once.ends())
                            .as(where)
                            .last()
                            .satisfies(end -> assertThat(end.getState()).isEqualTo(RestoreState.FAILED));
                    assertThat(once.engine.awake()).as(where).containsExactly(once.id);
                    assertThat(once.engine.ids()).as(where).containsExactly(once.id);
                    assertThat(once.files("web")).as(where).isIn(files, "web");
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void killedAtAnyCallWhileACloneGetsItsMemoryFromTheStoreTheOtherRunsOn(boolean lost) throws IOException {
        killedAtAnyCall(
                "rewind",
                RestoreMode.CLONE,
                once -> {
                    once.lazy = LazySource.REMOTE;
                    once.memoryComesLate = true;
                    if (lost) {
                        once.engine.loseMemory();
                    }
                },
                (once, where) -> {
                    assertThat(once.ends()).as(where).isNotEmpty();
                    RestoreProgress last = once.ends().getLast();
                    boolean worked = last.getState() == RestoreState.RUNNING && last.getMemoryMillis() >= 0;
                    assertThat(worked || last.getState() == RestoreState.FAILED)
                            .as(where)
                            .isTrue();
                    assertThat(worked && lost).as(where).isFalse();
                    assertThat(once.engine.runs(once.id)).as(where).isEqualTo(Runs.PRESENT);
                    assertThat(once.engine.awake()).as(where).hasSize(worked ? 2 : 1);
                    assertThat(once.engine.ids()).as(where).hasSize(worked ? 2 : 1);
                    assertThat(once.engine.volumes().toFile().list()).as(where).hasSize(worked ? 2 : 1);
                });
    }

    @Test
    void whereMemoryCannotComeLateACloneFromTheStoreHasAllOfItWhenItStarts() {
        Try once = new Try(folder, "rewind");
        once.lazy = LazySource.REMOTE;

        once.request(RestoreMode.CLONE);

        assertThat(once.ends()).extracting(RestoreProgress::getCode).containsExactly("OK");
        assertThat(once.ends().getLast().getMemoryMillis()).isNotNegative();
        assertThat(once.engine.awake()).hasSize(2);
    }

    /** The images have not all of its memory. */
    @ParameterizedTest
    @CsvSource({"LOCAL, 2", "REMOTE, 1"})
    void aStartThatFailsIsRepeatedWithAllMemoryOnlyIfThatIsHere(LazySource lazy, int starts) {
        Try once = new Try(folder, "rewind");
        once.lazy = lazy;
        once.memoryComesLate = true;
        once.engine.failRestores();

        once.request(RestoreMode.CLONE);

        assertThat(once.engine.calls().stream().filter(call -> call.startsWith("start ")))
                .hasSize(starts);
        assertThat(once.ends()).extracting(RestoreProgress::getCode).containsExactly("RESTORE_FAILED");
        assertThat(once.engine.ids()).containsExactly(once.id);
    }

    @Test
    void aCloneOfWhichTheStoreLosesMemoryIsUndoneThoughItsDaemonIsContent() throws IOException {
        Try once = new Try(folder, "rewind");
        once.lazy = LazySource.REMOTE;
        once.memoryComesLate = true;
        once.beforeAnswer = answer -> {
            if (answer.getState() == RestoreState.RESTORING) {
                once.points.loseChunks();
            }
        };

        once.request(RestoreMode.CLONE);

        assertThat(once.ends()).extracting(RestoreProgress::getCode).containsExactly("OK", "MEMORY_LOST");
        assertThat(once.ends().getLast().getMessage()).contains("lacks");
        assertThat(once.engine.ids()).containsExactly(once.id);
    }

    @ParameterizedTest
    @CsvSource({"rewind, IN_PLACE", "runc, IN_PLACE", "rewind, CLONE"})
    void theEngineAwayAtAnyCallExactlyOneRunsAndOneAnswerComes(String runtime, RestoreMode mode) throws IOException {
        boolean away = true;
        for (int call = 0; away; call++) {
            away = false;
            for (boolean after : new boolean[] {false, true}) {
                Try once = new Try(Files.createDirectories(folder.resolve(call + "-" + after)), runtime);
                once.engine.awayAt(call, after);
                once.request(mode);
                away |= once.engine.calls().size() > call;
                String where = "away " + (after ? "after " : "before ") + call + " of " + once.engine.calls();
                if (mode == RestoreMode.CLONE || once.ends().getLast().getState() == RestoreState.RUNNING) {
                    check(once, mode, where);
                } else {
                    assertThat(once.ends()).as(where).hasSize(1);
                    assertThat(once.engine.awake()).as(where).containsExactly(once.id);
                    assertThat(once.engine.ids()).as(where).containsExactly(once.id);
                    assertThat(once.files("web")).as(where).isIn("web", "present");
                    assertThat(once.volume("web")).as(where).isIn(VOLUME, "present");
                }
            }
            assertThat(call).isLessThan(MORE_THAN_ALL_STEPS);
        }
    }

    @Test
    void memoryThatIsLostIsSaidAfterItRanAndThePresentIsPutBack() throws IOException {
        Try once = new Try(folder, "rewind");
        once.memoryComesLate = true;
        once.engine.loseMemory();

        once.request(RestoreMode.IN_PLACE);

        assertThat(once.ends()).extracting(RestoreProgress::getCode).containsExactly("OK", "MEMORY_LOST");
        assertThat(once.ends()).extracting(RestoreProgress::getMemoryMillis).containsExactly(-1L, 0L);
        assertThat(once.engine.runs(once.id)).isEqualTo(Runs.RESTORED);
        assertThat(once.files("web")).isEqualTo("present");
    }

    @FunctionalInterface
    private interface Check {
        void of(Try once, String where) throws IOException;
    }

    private void killedAtAnyCall(String runtime, RestoreMode mode, Consumer<Try> setUp, Check check)
            throws IOException {
        int call = 0;
        boolean killed = true;
        for (; killed; call++) {
            killed = false;
            for (boolean after : new boolean[] {false, true}) {
                Try once = new Try(Files.createDirectories(folder.resolve(call + "-" + after)), runtime);
                setUp.accept(once);
                once.engine.killAt(call, after);
                once.request(mode);
                killed |= once.engine.calls().size() > call;
                once.engine.killNoMore();
                once.recover();
                once.recover();
                check.of(once, "killed " + (after ? "after " : "before ") + call + " of " + once.engine.calls());
            }
            assertThat(call).isLessThan(MORE_THAN_ALL_STEPS);
        }
        assertThat(call).as("deaths that were tried").isGreaterThan(2);
    }

    @ParameterizedTest
    @CsvSource({"rewind, IN_PLACE", "runc, IN_PLACE", "rewind, CLONE"})
    void killedAtAnyAnswerExactlyOneRunsAndOneAnswerComes(String runtime, RestoreMode mode) throws IOException {
        boolean killed = true;
        for (int number = 0; killed; number++) {
            Try once = new Try(Files.createDirectories(folder.resolve("answer-" + number)), runtime);
            int at = number;
            once.beforeAnswer = answer -> {
                if (once.answers.size() == at) {
                    throw new Killed();
                }
            };
            once.request(mode);
            killed = once.answers.size() == at;
            once.beforeAnswer = answer -> {};
            once.recover();
            once.recover();
            check(once, mode, "killed at answer " + at);
            assertThat(number).isLessThan(MORE_THAN_ALL_STEPS);
        }
    }

    private static void check(Try once, RestoreMode mode, String where) throws IOException {
        assertThat(once.ends()).as(where).hasSize(1);
        boolean worked = once.ends().getFirst().getState() == RestoreState.RUNNING;
        List<String> awake = once.engine.awake();
        if (mode == RestoreMode.CLONE) {
            assertThat(once.engine.runs(once.id)).as(where).isEqualTo(Runs.PRESENT);
            assertThat(awake).as(where).hasSize(worked ? 2 : 1);
            assertThat(once.engine.ids()).as(where).hasSize(worked ? 2 : 1);
            assertThat(once.volume("web")).as(where).isEqualTo(VOLUME);
            assertThat(once.engine.volumes().toFile().list()).as(where).hasSize(worked ? 2 : 1);
            if (worked) {
                assertThat(once.volume("copy")).as(where).isEqualTo("past");
            }
            return;
        }
        assertThat(awake).as(where).hasSize(1);
        assertThat(once.engine.ids()).as(where).hasSize(1);
        String running = awake.getFirst();
        assertThat(once.engine.inspect("web").orElseThrow().id()).as(where).isEqualTo(running);
        assertThat(once.engine.inspect("web").orElseThrow().networks().has("bridge"))
                .as(where)
                .isTrue();
        assertThat(once.files("web")).as(where).isEqualTo(worked ? "past" : "web");
        assertThat(once.volume("web")).as(where).isEqualTo(worked ? "past" : VOLUME);
        assertThat(once.engine.runs(running) == Runs.RESTORED).as(where).isEqualTo(worked);
    }

    @ParameterizedTest
    @CsvSource({"rewind", "runc"})
    void aVolumeIsNotRolledBackUnderAnotherContainerThatRuns(String runtime) throws IOException {
        Try once = new Try(folder, runtime);
        once.engine.have("other", "runc", true, VOLUME + ":/elsewhere");
        once.engine.have("stopped", "runc", false, VOLUME + ":/elsewhere");

        once.request(RestoreMode.IN_PLACE);

        assertThat(once.ends()).extracting(RestoreProgress::getCode).containsExactly("VOLUME_IN_USE");
        assertThat(once.ends().getFirst().getMessage()).contains("under other");
        assertThat(once.volume("web")).isEqualTo(VOLUME);
        assertThat(once.engine.runs(once.id)).isEqualTo(Runs.PRESENT);
    }

    @Test
    void aVolumeThatALabelLeavesOutIsNotRolledBack() throws IOException {
        Try once = new Try(folder, "rewind");
        once.engine.label(once.id, "rewind.volumes", "off");

        once.request(RestoreMode.IN_PLACE);

        assertThat(once.ends()).extracting(RestoreProgress::getCode).containsExactly("FILES_UNREACHABLE");
        assertThat(once.volume("web")).isEqualTo(VOLUME);
        assertThat(once.engine.runs(once.id)).isEqualTo(Runs.PRESENT);
    }

    @Test
    void aVolumeThatThePointDoesNotHaveIsLeftAndSaid() throws IOException {
        Try once = new Try(folder, "rewind");
        once.engine.have("other", "runc", true, VOLUME + ":/elsewhere");
        once.past = once.commit(once.ordinary("past"), 1500);

        once.request(RestoreMode.IN_PLACE);

        assertThat(once.ends()).extracting(RestoreProgress::getState).containsExactly(RestoreState.RUNNING);
        assertThat(once.ends().getFirst().getMessage()).contains(Try.PLACE + " was left as it is");
        assertThat(once.volume("web")).isEqualTo(VOLUME);
        assertThat(once.files("web")).isEqualTo("past");
    }

    @Test
    void I9_aVolumeThatTheContainerDoesNotHaveLandsNowhere() throws IOException {
        Try once = new Try(folder, "rewind");
        once.past = once.commit(
                once.ordinary("past").volume("/etc", new byte[0], meta(FileType.DIRECTORY), new byte[0]), 1500);

        once.request(RestoreMode.IN_PLACE);

        assertThat(once.ends()).extracting(RestoreProgress::getCode).containsExactly("FILES_UNREACHABLE");
        assertThat(once.volume("web")).isEqualTo(VOLUME);
        assertThat(once.engine.runs(once.id)).isEqualTo(Runs.PRESENT);
    }

    @Test
    void anAnswerThatCannotBePublishedUndoesNothing() throws IOException {
        Try once = new Try(folder, "runc");
        once.beforeAnswer = answer -> {
            if (answer.getState() == RestoreState.RUNNING) {
                throw new Fault(RestoreCode.INTERNAL, Severity.RETRYABLE, "The broker is away.");
            }
        };
        once.request(RestoreMode.IN_PLACE);
        assertThat(once.ends()).isEmpty();
        assertThat(once.engine.runs(once.engine.awake().getFirst())).isEqualTo(Runs.RESTORED);

        once.beforeAnswer = answer -> {};
        once.recover();

        check(once, RestoreMode.IN_PLACE, "at the broker");
        assertThat(once.ends().getFirst().getState()).isEqualTo(RestoreState.RUNNING);
    }

    @Test
    void aHostThatWentDownInBetweenLeavesTheOldContainerRunning() throws IOException {
        Try once = new Try(folder, "runc");
        int paused = 2;
        once.engine.killAt(paused, true);
        once.request(RestoreMode.IN_PLACE);
        once.engine.killNoMore();
        once.engine.reboot();

        once.recover();

        assertThat(once.engine.calls().get(paused)).as("the step of the crash").startsWith("disconnect");
        check(once, RestoreMode.IN_PLACE, "rebooted");
        assertThat(once.ends().getFirst().getMessage()).contains("started anew");
    }

    @ParameterizedTest
    @CsvSource({"rewind, kill, started anew", "runc, remove, runs on as it was", "runc, connect, runs on as it was"})
    void whenUndoingFailsTheLastResortIsTriedAndSaid(String runtime, String refused, String said) {
        Try once = new Try(folder, runtime);
        once.engine.failRestores();
        once.engine.refuse(refused);

        once.request(RestoreMode.IN_PLACE);

        RestoreProgress end = once.ends().getFirst();
        assertThat(end.getState()).isEqualTo(RestoreState.FAILED);
        assertThat(end.getMessage()).contains("could not be put back").contains(said);
        assertThat(once.engine.awake()).contains(once.id);
        once.recover();
        assertThat(once.ends()).as("closed").hasSize(1);
    }

    @Test
    void aDamagedJournalIsAnsweredOnceAndTheNextOneGoesOn() throws IOException {
        Try once = new Try(folder, "rewind");
        for (String name : List.of("damaged-1", "damaged-2")) {
            Path journal = Files.createDirectories(folder.resolve("restore").resolve(name));
            Files.writeString(
                    journal.resolve("journal.json"), name.equals("damaged-1") ? "{\"requ" : "{\"request\":\"!!\"}");
        }
        Files.createDirectories(folder.resolve("restore/never-begun"));

        once.recover();
        once.recover();

        assertThat(once.ends())
                .extracting(RestoreProgress::getRequest)
                .containsExactlyInAnyOrder("damaged-1", "damaged-2");
        assertThat(once.ends()).extracting(RestoreProgress::getCode).containsOnly("INTERRUPTED");
        assertThat(folder.resolve("restore/never-begun")).doesNotExist();
    }
}
