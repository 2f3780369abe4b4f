package io.rewind.capture.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rewind.capture.process.TraceStatus;
import io.rewind.capture.tracker.TrackerKind;
import io.rewind.capture.tracker.TrackerProbe;
import io.rewind.runtime.posix.Descriptor;
import io.rewind.runtime.posix.Libc;
import io.rewind.runtime.posix.SystemCall;
import io.rewind.runtime.process.ProcessKey;
import io.rewind.runtime.process.ProcessStat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes in every situation are as they were after it. */
class InjectorIT {
    private static final SystemCall KILL = new SystemCall("kill", 62, 129);
    /** Of cgroup v1; what version 2 has frozen can be traced. */
    private static final Path FREEZER = Path.of("/sys/fs/cgroup/freezer");

    private static final int SIGUSR1 = 10;
    private static final int SIGCONT = 18;
    private static final int SIGSTOP = 19;

    private Optional<Target> running = Optional.empty();

    @BeforeAll
    static void needsTheKernel() {
        assumeTrue(TrackerProbe.fault(TrackerKind.WRITE_PROTECT).isEmpty());
    }

    @AfterEach
    void end() throws IOException {
        if (running.isPresent()) {
            running.get().close();
        }
    }

    /** A program below a shell of ours; not our child, whose stops another thread of ours would take for its end. */
    private static final class Target {
        final Process parent;
        final BufferedReader output;
        final Writer input;
        final ProcessKey key;

        Target(String... command) throws IOException {
            String line = "exec 3<&0; sh -c 'echo $$; exec \"$@\"' sh \"$@\" <&3 & wait";
            parent = new ProcessBuilder(Stream.concat(Stream.of("/bin/sh", "-c", line, "sh"), Stream.of(command))
                            .toList())
                    .redirectErrorStream(true)
                    .start();
            output = parent.inputReader(StandardCharsets.US_ASCII);
            input = parent.outputWriter(StandardCharsets.US_ASCII);
            key = ProcessKey.of(Integer.parseInt(line())).orElseThrow();
        }

        String line() throws IOException {
            return Optional.ofNullable(output.readLine()).orElse("ended");
        }

        void say(String line) throws IOException {
            input.write(line + "\n");
            input.flush();
        }

        void awaitState(char state) {
            await().until(() -> ProcessStat.of(key.pid()).state() == state);
        }

        void kill(int signal) {
            Libc.call(KILL, key.pid(), signal);
        }

        void close() throws IOException {
            ProcessHandle.of(key.pid()).filter(p -> key.isAlive()).ifPresent(ProcessHandle::destroyForcibly);
            input.close();
            parent.destroy();
        }
    }

    private Target start(String... command) throws IOException {
        Target target = new Target(command);
        running = Optional.of(target);
        return target;
    }

    private static void inject(Target target) throws Exception {
        try (Descriptor descriptor = Injector.userfaultfd(target.key)) {
            Path link = Path.of("/proc/self/fd", Integer.toString(descriptor.number()));
            assertThat(Files.readSymbolicLink(link)).hasToString("anon_inode:[userfaultfd]");
        }
        assertThat(TraceStatus.of(target.key.pid()).tracer()).isZero();
        assertThat(descriptors(target)).noneMatch(to -> to.contains("userfaultfd"));
    }

    private static void injectWhileItLives(Target target, int times) throws Exception {
        for (int i = 0; i < times && target.key.isAlive(); i++) {
            try {
                Injector.userfaultfd(target.key).close();
            } catch (Untraceable e) {
                await().until(() -> !target.key.isAlive());
            }
        }
    }

    private static Stream<String> descriptors(Target target) throws IOException {
        try (Stream<Path> links = Files.list(Path.of("/proc/" + target.key.pid() + "/fd"))) {
            return links
                    .map(link -> {
                        try {
                            return Files.readSymbolicLink(link).toString();
                        } catch (IOException e) {
                            return "";
                        }
                    })
                    .toList()
                    .stream();
        }
    }

    /** A read that is restarted as it was (ERESTARTSYS) gets every line, and no error. */
    @Test
    void aCallThatWasInterruptedGoesOn() throws Exception {
        Target target = start("cat");
        for (int i = 0; i < 30; i++) {
            target.awaitState('S');
            inject(target);
            target.say("line " + i);
            assertThat(target.line()).isEqualTo("line " + i);
        }
    }

    /** A sleep is restarted with what is left of it (ERESTART_RESTARTBLOCK); sleep(1) would report any error. */
    @Test
    void aSleepThatWasInterruptedIsSleptToItsEnd() throws Exception {
        long began = System.nanoTime();
        Target target = start("sleep", "2");
        injectWhileItLives(target, 10);
        assertThat(target.line()).isEqualTo("ended");
        assertThat(System.nanoTime() - began).isGreaterThan(2_000_000_000L);
    }

    /** The shell's arithmetic, in registers as much as in memory, comes out right while it is stopped all the time. */
    @Test
    void aProgramThatComputesIsNotDisturbed() throws Exception {
        Target target =
                start("sh", "-c", "i=0; s=0; while [ $i -lt 300000 ]; do i=$((i+1)); s=$((s+i)); done; echo $s");
        injectWhileItLives(target, 100);
        assertThat(target.line()).isEqualTo("45000150000");
    }

    /** Handled signals that keep arriving are handled, each as often as the kernel would have it, and none is lost last. */
    @Test
    void signalsThatArriveMeanwhileAreDelivered() throws Exception {
        Target target =
                start("sh", "-c", "n=0; trap 'n=$((n+1)); echo $n' USR1; echo ready; while :; do read -r x; done");
        assertThat(target.line()).isEqualTo("ready");
        for (int i = 1; i <= 50; i++) {
            Thread sender = Thread.ofPlatform().start(() -> target.kill(SIGUSR1));
            inject(target);
            sender.join();
            assertThat(target.line()).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void aStopThatArrivesMeanwhileStops() throws Exception {
        Target target = start("cat");
        for (int i = 0; i < 30; i++) {
            Thread sender = Thread.ofPlatform().start(() -> target.kill(SIGSTOP));
            try {
                inject(target);
            } catch (Untraceable e) {
                assertThat(e).hasMessage("it is stopped");
            }
            sender.join();
            target.awaitState('T');
            target.kill(SIGCONT);
            target.say("line");
            assertThat(target.line()).isEqualTo("line");
        }
    }

    @Test
    void aStoppedProcessIsLeftAlone() throws Exception {
        Target target = start("cat");
        target.kill(SIGSTOP);
        target.awaitState('T');
        assertThatThrownBy(() -> inject(target)).isInstanceOf(Untraceable.class);
        assertThat(ProcessStat.of(target.key.pid()).state()).isEqualTo('T');
        target.kill(SIGCONT);
        target.say("still here");
        assertThat(target.line()).isEqualTo("still here");
    }

    /** As in a container that is paused just then. */
    @Test
    void aProcessThatCannotBeStoppedIsLetGo() throws Exception {
        assumeTrue(Files.isDirectory(FREEZER));
        Target target = start("cat");
        Path group = Files.createDirectory(
                FREEZER.resolve("rewind-injector-it-" + ProcessHandle.current().pid()));
        try {
            Files.writeString(group.resolve("cgroup.procs"), Integer.toString(target.key.pid()));
            Files.writeString(group.resolve("freezer.state"), "FROZEN");
            target.awaitState('D');
            assertThatThrownBy(() -> inject(target))
                    .isInstanceOf(Untraceable.class)
                    .hasMessageContaining("does not stop");
            assertThat(TraceStatus.of(target.key.pid()).tracer()).isZero();
        } finally {
            Files.writeString(group.resolve("freezer.state"), "THAWED");
            Files.writeString(FREEZER.resolve("cgroup.procs"), Integer.toString(target.key.pid()));
            Files.delete(group);
        }
        target.say("line");
        assertThat(target.line()).isEqualTo("line");
    }

    @Test
    void aTracedProcessIsLeftToItsTracer() throws Exception {
        Target target = start("cat");
        Thread.ofPlatform()
                .start(() -> {
                    try (Tracee tracee = Tracee.stop(target.key)) {
                        assertThatThrownBy(() -> Injector.userfaultfd(target.key))
                                .isInstanceOf(Untraceable.class)
                                .hasMessageContaining("traced");
                        assertThat(tracee).isNotNull();
                        target.say("line");
                    } catch (Untraceable | IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .join();
        assertThat(target.line()).isEqualTo("line");
    }

    /** The thread that traces dies before it has changed anything: the kernel lets the process go. */
    @Test
    void I1_aTracerThatDiesLeavesTheProcessRunning() throws Exception {
        Target target = start("cat");
        Thread.ofPlatform()
                .start(() -> {
                    try {
                        Tracee.stop(target.key);
                    } catch (Untraceable e) {
                        throw new AssertionError(e);
                    }
                })
                .join();
        target.say("line");
        assertThat(target.line()).isEqualTo("line");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aProcessThatIsKilledMeanwhileIsGone(int round) throws Exception {
        Target target = start("cat");
        Thread killer = Thread.ofPlatform().start(() -> target.kill(9));
        try {
            Injector.userfaultfd(target.key).close();
        } catch (Untraceable e) {
            assertThat(e).hasMessageNotContaining("signal");
        }
        killer.join();
        await().until(() -> !target.key.isAlive());
        assertThat(round).isPositive();
    }

    @Test
    void anotherProcessOfTheSamePidIsNotTouched() throws Exception {
        Target target = start("cat");
        ProcessKey earlier = new ProcessKey(target.key.pid(), target.key.startTime() - 1);
        assertThatThrownBy(() -> Injector.userfaultfd(earlier)).isInstanceOf(Untraceable.class);
        target.say("line");
        assertThat(target.line()).isEqualTo("line");
    }
}
