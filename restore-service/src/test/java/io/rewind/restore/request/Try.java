package io.rewind.restore.request;

import static io.rewind.restore.fixture.Recipes.bytes;
import static io.rewind.restore.fixture.Recipes.meta;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rewind.event.FileType;
import io.rewind.event.Fingerprint;
import io.rewind.event.LazySource;
import io.rewind.event.PointById;
import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreRequested;
import io.rewind.event.RestoreState;
import io.rewind.restore.fixture.FakeEngine;
import io.rewind.restore.fixture.FakePoints;
import io.rewind.restore.fixture.Recipes;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Everything of one try: what survives a crash, and the service that does not. */
final class Try {
    static final String VOLUME = "v";
    static final String PLACE = "/data";
    private static final String SPEC = """
            {"Image": "sha256:1", "Config": {"Image": "image:1"}, "HostConfig": {"NetworkMode": "default"},
             "Mounts": [{"Type": "volume", "Name": "v", "Source": "/never/used", "Destination": "/data"}]}
            """;

    final FakeEngine engine;
    final FakePoints points = new FakePoints();
    final List<RestoreProgress> answers = new ArrayList<>();
    final Path root;
    final String id;
    PointId past;
    final PointId present;
    Consumer<RestoreProgress> beforeAnswer = answer -> {};
    boolean memoryComesLate;
    LazySource lazy = LazySource.LOCAL;

    Try(Path root, String runtime) {
        this.root = root;
        this.engine = new FakeEngine(root);
        this.id = engine.have("web", runtime, true, VOLUME + ":" + PLACE);
        this.past = withVolume(ordinary("past"), "past", 1000);
        this.present = withVolume(ordinary("present"), "present", 2000);
    }

    FakePoints.Draft ordinary(String content) {
        return Recipes.images(points.draft())
                .entry(new byte[0], meta(FileType.DIRECTORY), new byte[0])
                .entry(bytes("whose"), meta(FileType.FILE), bytes(content));
    }

    private PointId withVolume(FakePoints.Draft draft, String content, long second) {
        return commit(
                draft.volume(PLACE, new byte[0], meta(FileType.DIRECTORY), new byte[0])
                        .volume(PLACE, bytes("whose"), meta(FileType.FILE), bytes(content)),
                second);
    }

    PointId commit(FakePoints.Draft draft, long second) {
        return draft.commit(id, id, "web", Instant.ofEpochSecond(second), bytes(SPEC));
    }

    Restores service() {
        return new Restores(bench(), 1, () -> {});
    }

    Bench bench() {
        return new Bench(
                "here",
                new Fingerprint("6.18.5", "amd64", "cpu", "4.2.1", ""),
                new Policy(Optional.empty(), Set.of("here")),
                Clock.systemUTC(),
                engine,
                points,
                new PointRebuild(points, new Limits(1000, 1000, 1 << 24), PagesPlace.onDisk(), bytes -> {}),
                (container, request) -> present,
                new Switchovers(
                        new Starter(
                                engine,
                                new Pending(engine.pending()),
                                new LateStart(() -> memoryComesLate, 0),
                                Duration.ZERO),
                        new LateMemory(engine.pending())),
                new JournalFolder(root.resolve("restore"), Duration.ofDays(8)),
                answer -> {
                    beforeAnswer.accept(answer);
                    answers.add(answer);
                },
                (timeline, point) -> {},
                Duration.ofSeconds(5),
                true,
                new RestoreMetrics(new SimpleMeterRegistry()));
    }

    RestoreRequested.Builder asked(RestoreMode mode) {
        return RestoreRequested.newBuilder()
                .setRequest("request-1")
                .setAt(Instant.now())
                .setRequestedBy("test@here")
                .setContainer("web")
                .setPoint(new PointById(past.text()))
                .setMode(mode)
                .setHost("here")
                .setNewName("copy")
                .setPorts(List.of())
                .setLazy(lazy);
    }

    void request(RestoreMode mode) {
        request(asked(mode).build());
    }

    void request(RestoreRequested request) {
        try (Restores restores = service()) {
            restores.accept(request);
            restores.close(Duration.ofMinutes(1));
        }
    }

    void recover() {
        try (Restores restores = service()) {
            restores.recover();
        }
    }

    List<RestoreProgress> ends() {
        // One that was out when the service died may come again, the same to the byte.
        return answers.stream()
                .filter(a -> a.getState() == RestoreState.RUNNING || a.getState() == RestoreState.FAILED)
                .distinct()
                .toList();
    }

    String files(String container) throws IOException {
        return Files.readString(
                engine.inspect(container).orElseThrow().upperDirectory().resolve("whose"));
    }

    String volume(String container) throws IOException {
        Path volume = Objects.requireNonNull(
                engine.inspect(container).orElseThrow().mounts().get(PLACE));
        // Whatever was built or put aside beside it is gone.
        assertThat(volume.resolveSibling(".").toFile().list()).containsExactly("_data");
        return Files.readString(volume.resolve("whose"));
    }
}
