package io.rewind.capture.freeze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rewind.capture.CaptureFault;
import io.rewind.capture.docker.Container;
import io.rewind.capture.stand.Stand;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.process.ProcessKey;
import io.rewind.runtime.process.TaskTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** I1 where it is hardest: the freeze ends while CRIU runs its own code in the container's processes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledDumpIT {
    private static final long SEED = Long.getLong("rewind.test.seed", 4711);
    private static final int DUMPS = Integer.getInteger("rewind.test.dumps", 30);
    private static final int LONGEST_LIMIT_MILLIS = Integer.getInteger("rewind.test.limit", 200);
    private static final int LOAD = Integer.getInteger("rewind.test.load", 2);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int WORKERS = 3;

    /** Three processes; each sums in registers what it knows the sum of, and writes how often it was right. */
    private static final String WORKER = "mkdir '/t'; my $id = 0; for my $w (1, 2) { unless (fork) { $id = $w; last } }"
            + " my ($s0, $f0); for (my $tick = 1; ; $tick++) {"
            + " my ($s, $f) = (0, 0); for my $i (1 .. 2000) { $s += $i * ($i ^ 5); $f += sqrt($i) }"
            + " $s0 //= $s; $f0 //= $f; die 'wrong' if $s != $s0 || $f != $f0;"
            + " open(my $o, '>', \"/t/n$id\"); print $o $tick; close $o; rename(\"/t/n$id\", \"/t/w$id\");"
            + " select(undef, undef, undef, 0.002) if $id }";

    @AutoClose
    private final Stand stand = new Stand();

    @Test
    void I1_whateverTheLimitInterruptsRunsOnAsItWas() throws IOException {
        System.out.println("freeze-limit: seed " + SEED);
        Random random = new Random(SEED);
        List<Process> load = load();
        int cut = 0;
        try {
            Container container = stand.start("limit", List.of(), Stand.PERL, "perl", "-e", WORKER);
            await().atMost(PATIENCE).until(() -> ticks(container).size() == WORKERS);
            Map<Integer, String> tasks = tasks(container);
            for (int dump = 0; dump < DUMPS; dump++) {
                Duration limit = Duration.ofMillis(1 + random.nextInt(LONGEST_LIMIT_MILLIS));
                try (Window window = stand.freezer().freeze(container, limit)) {
                    window.release();
                } catch (Fault e) {
                    cut++;
                }
                assertThat(tasks(container))
                        .as("dump %d, limit %s", dump, limit)
                        .isEqualTo(tasks);
                awaitProgress(container);
            }
        } finally {
            load.forEach(Process::destroyForcibly);
        }
        System.out.println("freeze-limit: " + DUMPS + " dumps, " + cut + " of them ended by the limit");
        assertThat(cut).isGreaterThan(DUMPS / 10);
    }

    @Test
    void I1_pausedWhileCriuRunsItsCodeInItItRunsOnWhenItIsLetGo() throws Exception {
        Container container = stand.start("pause", List.of(), Stand.PERL, "perl", "-e", WORKER);
        await().atMost(PATIENCE).until(() -> ticks(container).size() == WORKERS);
        Map<Integer, String> tasks = tasks(container);
        try (ExecutorService freezing = Executors.newSingleThreadExecutor()) {
            Map<Integer, String> held;
            Future<?> point;
            do {
                unpause(container);
                point = freezing.submit(() -> freeze(container));
                while (!infected(container.pid()) && !point.isDone()) {
                    Thread.onSpinWait();
                }
                pause(container);
                held = tasks(container);
            } while (held.values().stream().noneMatch(task -> task.contains("infected")));
            Future<?> last = point;
            assertThatThrownBy(last::get).rootCause().isInstanceOfSatisfying(Fault.class, KilledDumpIT::isPaused);
            Map<Integer, String> then = held;
            // CRIU's last resort, if it were taken.
            await().pollDelay(DumpGuard.LAST_RESORT.plusSeconds(2))
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(tasks(container)).isEqualTo(then));
            unpause(container);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tasks(container)).isEqualTo(tasks));
        awaitProgress(container);
        await().atMost(PATIENCE).until(() -> freezes().isEmpty());
        freeze(container);
    }

    @Test
    void pausedWhileItStandsStillItHasNoPointAndIsLetGo() throws IOException {
        Container container = stand.start("window", List.of(), Stand.PERL, "perl", "-e", WORKER);
        await().atMost(PATIENCE).until(() -> ticks(container).size() == WORKERS);
        Map<Integer, String> tasks = tasks(container);
        try (Window window = stand.freezer().freeze(container, PATIENCE)) {
            stand.docker("pause", container.name());
            assertThatThrownBy(window::release).isInstanceOfSatisfying(Fault.class, KilledDumpIT::isPaused);
        }
        stand.docker("unpause", container.name());
        assertThat(tasks(container)).isEqualTo(tasks);
        awaitProgress(container);
    }

    private long freeze(Container container) {
        try (Window window = stand.freezer().freeze(container, PATIENCE)) {
            return window.release();
        }
    }

    private static void isPaused(Fault fault) {
        assertThat(fault.code()).isEqualTo(CaptureFault.CONTAINER_PAUSED);
    }

    /** As the engine does it, without its milliseconds. */
    private static void pause(Container container) throws IOException {
        write(container, "FROZEN", "1");
        await().atMost(PATIENCE).until(() -> Pause.of(container.pid()).holds());
    }

    private static void unpause(Container container) throws IOException {
        write(container, "THAWED", "0");
    }

    private static void write(Container container, String state, String unified) throws IOException {
        Path file = ControlGroup.of(container.pid())
                .file("freezer", "freezer.state", "cgroup.freeze")
                .orElseThrow();
        Files.writeString(file, file.endsWith("cgroup.freeze") ? unified : state);
    }

    private List<Path> freezes() throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(stand.scratch(), "freeze-*")) {
            found.forEach(folders::add);
        }
        return folders;
    }

    /** So that somebody else runs in between wherever that can be. */
    private static List<Process> load() throws IOException {
        List<Process> load = new ArrayList<>();
        for (int i = 0; i < LOAD; i++) {
            load.add(new ProcessBuilder("/bin/sh", "-c", "while :; do :; done").start());
        }
        return load;
    }

    private static void awaitProgress(Container container) throws IOException {
        Map<Integer, Long> from = ticks(container);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).untilAsserted(() -> {
            Map<Integer, Long> to = ticks(container);
            from.forEach((worker, tick) -> assertThat(to.get(worker)).isGreaterThan(tick + 1));
        });
    }

    private static Map<Integer, Long> ticks(Container container) throws IOException {
        Map<Integer, Long> ticks = new TreeMap<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            Path file = Path.of("/proc/" + container.pid() + "/root/t/w" + worker);
            if (Files.exists(file)) {
                ticks.put(worker, Long.valueOf(Files.readString(file)));
            }
        }
        return ticks;
    }

    /** Every thread by its id, with its tracer and signal mask; and of a process whether there is anything of CRIU's. */
    private static Map<Integer, String> tasks(Container container) throws IOException {
        Map<Integer, String> tasks = new TreeMap<>();
        for (ProcessKey process : TaskTree.below(container.pid()).byInnerPid().values()) {
            Path folder = Path.of("/proc/" + process.pid());
            try (DirectoryStream<Path> threads = Files.newDirectoryStream(folder.resolve("task"))) {
                for (Path thread : threads) {
                    List<String> status = lines(thread.resolve("status")).stream()
                            .filter(line -> line.matches("(TracerPid|SigBlk):.*"))
                            .toList();
                    tasks.put(Integer.valueOf(String.valueOf(thread.getFileName())), status.toString());
                }
            }
            tasks.merge(process.pid(), infected(process.pid()) ? " infected" : "", String::concat);
        }
        return tasks;
    }

    private static boolean infected(int pid) throws IOException {
        return lines(Path.of("/proc/" + pid + "/maps")).stream().anyMatch(line -> line.contains("CRIU"));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    }
}
