package io.rewind.restore.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rewind.event.Fingerprint;
import io.rewind.event.PointById;
import io.rewind.event.PortBinding;
import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreRequested;
import io.rewind.event.RestoreState;
import io.rewind.restore.engine.DockerEngine;
import io.rewind.restore.fixture.DirectCapture;
import io.rewind.restore.fixture.FakePoints;
import io.rewind.restore.fixture.Shell;
import io.rewind.restore.images.PagesPlace;
import io.rewind.restore.journal.JournalFolder;
import io.rewind.restore.late.LateMemory;
import io.rewind.restore.late.LateStart;
import io.rewind.restore.plan.Limits;
import io.rewind.restore.policy.Policy;
import io.rewind.restore.rebuild.PointRebuild;
import io.rewind.restore.switchover.Pending;
import io.rewind.restore.switchover.Starter;
import io.rewind.restore.switchover.Switchovers;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.RequestId;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The real engine and the real criu; store and agent are stand-ins. */
abstract class RestoreStand {
    private static final String IMAGE = "restore-it:1";
    /** Counts in its memory, writes each number to its file and to its log; never goes back by itself. */
    private static final String COUNT =
            "i=0; while :; do i=$((i+1)); echo $i > /n.new; mv /n.new /n; echo line $i; sleep 0.1; done";

    /** Counts, and says whether two things that it keeps are still the same, and how long they are. */
    static final String KEEP = keep(12_000_000);

    /** The same, and each thing is a third larger than this many bytes. */
    static String keep(int bytes) {
        return "x=$(head -c " + bytes + " /dev/urandom | base64); y=$x; i=0; while :; do i=$((i+1));"
                + " if [ \"$x\" = \"$y\" ]; then echo same ${#x}; else echo broken; fi >/state.new; mv /state.new /state;"
                + " echo $i >/n.new; mv /n.new /n; sleep 0.1; done";
    }

    static final Path PENDING = Path.of("/run/rewind/pending");

    @TempDir
    Path folder;

    final FakePoints points = new FakePoints();
    final List<RestoreProgress> answers = new CopyOnWriteArrayList<>();
    final List<String> branches = new CopyOnWriteArrayList<>();
    final List<String> made = new ArrayList<>();
    DirectCapture capture = new DirectCapture(points, Path.of("/tmp"));
    private DockerEngine engine = DockerEngine.at(URI.create("unix:///var/run/docker.sock"), Duration.ofMinutes(2));
    UnaryOperator<byte[]> presentDamage = UnaryOperator.identity();
    boolean late;
    Consumer<RestoreProgress> afterAnswer = answer -> {};

    @BeforeEach
    void image() throws Exception {
        Path root = Files.createDirectories(folder.resolve("root/bin"));
        Files.copy(Path.of(System.getenv().getOrDefault("REWIND_BUSYBOX", "/bin/busybox")), root.resolve("busybox"));
        for (String name : List.of("sh", "sleep", "cat", "mv", "head", "base64")) {
            Files.createSymbolicLink(root.resolve(name), Path.of("busybox"));
        }
        Shell.run("sh", "-c", "tar -C " + folder.resolve("root") + " -c . | docker import - " + IMAGE);
        capture = new DirectCapture(points, folder);
    }

    @AfterEach
    void cleanUp() {
        made.forEach(name -> Shell.run("sh", "-c", "docker rm -f " + name + " >/dev/null 2>&1; true"));
        Shell.run("sh", "-c", "docker rmi -f " + IMAGE + " >/dev/null 2>&1; true");
        engine.close();
    }

    Restores restores() {
        PointRebuild rebuild =
                new PointRebuild(points, new Limits(1 << 20, 1 << 20, 1L << 33), PagesPlace.onDisk(), bytes -> {});
        Starter starter =
                new Starter(engine, new Pending(PENDING), new LateStart(() -> late, 1), Duration.ofMillis(300));
        return new Restores(
                new Bench(
                        "here",
                        new Fingerprint("6.18.5", "amd64", "cpu", "4.2.1", ""),
                        new Policy(Optional.empty(), Set.of("here")),
                        Clock.systemUTC(),
                        engine,
                        points,
                        rebuild,
                        (container, request) -> capture.capture(container, presentDamage),
                        new Switchovers(starter, new LateMemory(PENDING)),
                        new JournalFolder(folder.resolve("restore"), Duration.ofDays(8)),
                        answer -> {
                            answers.add(answer);
                            afterAnswer.accept(answer);
                        },
                        (timeline, point) -> branches.add(point),
                        Duration.ofSeconds(30),
                        false,
                        new RestoreMetrics(new SimpleMeterRegistry())),
                2,
                () -> {});
    }

    String start(String name, String... options) {
        return startWith(COUNT, name, options);
    }

    String startWith(String script, String name, String... options) {
        made.add(name);
        List<String> command = new ArrayList<>(List.of("docker", "run", "-d", "--name", name));
        command.addAll(List.of(options));
        command.addAll(List.of(IMAGE, "/bin/sh", "-c", script));
        String id = Shell.run(command.toArray(String[]::new));
        await().atMost(Duration.ofSeconds(20)).until(() -> count(name) > 3);
        return id;
    }

    static int count(String name) {
        try {
            return Integer.parseInt(Shell.run("docker", "exec", name, "cat", "/n"));
        } catch (RuntimeException e) {
            return 0;
        }
    }

    static String ask(String name, String format) {
        return Shell.run("docker", "inspect", "-f", format, name);
    }

    RestoreProgress restore(String container, PointId point, RestoreMode mode, String newName, PortBinding... ports) {
        return restore(asked(container, point, mode, newName, ports).build());
    }

    static RestoreRequested.Builder asked(
            String container, PointId point, RestoreMode mode, String newName, PortBinding... ports) {
        return RestoreRequested.newBuilder()
                .setRequest(RequestId.random().text())
                .setAt(Instant.now())
                .setRequestedBy("test@here")
                .setContainer(container)
                .setPoint(new PointById(point.text()))
                .setMode(mode)
                .setHost("here")
                .setNewName(newName)
                .setPorts(List.of(ports));
    }

    RestoreProgress restore(RestoreRequested request) {
        try (Restores restores = restores()) {
            restores.accept(request);
            restores.accept(request);
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            answers.stream().anyMatch(a -> a.getRequest().equals(request.getRequest()) && over(a)));
            restores.close(Duration.ofSeconds(30));
        }
        List<RestoreProgress> ends = answers.stream()
                .filter(a -> a.getRequest().equals(request.getRequest()) && over(a))
                .toList();
        assertThat(ends).hasSize(1);
        return ends.getFirst();
    }

    static boolean over(RestoreProgress answer) {
        return (answer.getState() == RestoreState.RUNNING && answer.getMemoryMillis() >= 0)
                || answer.getState() == RestoreState.FAILED;
    }
}
