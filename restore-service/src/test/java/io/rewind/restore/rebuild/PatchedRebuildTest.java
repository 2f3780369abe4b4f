package io.rewind.restore.rebuild;

import static io.rewind.restore.fixture.Recipes.meta;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rewind.event.FileType;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.fixture.FakePoints;
import io.rewind.restore.fixture.Recipes;
import io.rewind.restore.images.PagesPlace;
import io.rewind.restore.plan.Limits;
import io.rewind.restore.points.StreamPart;
import io.rewind.restore.tree.Stage;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.content.PatchBody;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Points that consist of patches. */
class PatchedRebuildTest {
    private static final TimelineId TIMELINE = new TimelineId("a".repeat(64));

    @TempDir
    Path folder;

    private Path rebuild(String name, FakePoints points, FakePoints.Draft draft) {
        PointId point = draft.commit(TIMELINE.text(), "c", "web", Instant.EPOCH.plusSeconds(9), new byte[0]);
        PointRebuild rebuild =
                new PointRebuild(points, new Limits(1000, 1000, 1 << 24), PagesPlace.onDisk(), bytes -> {});
        Path images = folder.resolve(name);
        rebuild.run(
                TIMELINE,
                rebuild.plan(TIMELINE, point),
                images,
                Map.of("", new Stage(folder.resolve(name + "-stage"))),
                _ -> {});
        return images;
    }

    private static FakePoints.Draft ordinary(FakePoints points) {
        return Recipes.images(points.draft()).entry(new byte[0], meta(FileType.DIRECTORY), new byte[0]);
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    @ParameterizedTest(name = "{0} layers")
    @ValueSource(ints = {1, 2, 16, PatchBody.MAX_LAYERS})
    void I7_patchesBecomeWhatTheyStandFor(int layers) throws IOException {
        FakePoints whole = new FakePoints();
        FakePoints patched = new FakePoints().patched(layers);
        Map<String, String> expected = contents(rebuild("whole", whole, ordinary(whole)));
        assertThat(contents(rebuild("patched", patched, ordinary(patched)))).isEqualTo(expected);
        assertThat(patched.asked()).as("each chunk once").isEqualTo((layers + 1) * whole.asked());
    }

    @Test
    void I7_blocksThatNobodyProvedAndAreWrongComeOnceMoreProved() throws IOException {
        FakePoints whole = new FakePoints();
        Map<String, String> expected = contents(rebuild("whole", whole, ordinary(whole)));
        FakePoints patched = new FakePoints().patched(2);
        FakePoints.Draft draft = ordinary(patched);
        patched.garble();
        assertThat(contents(rebuild("garbled", patched, draft))).isEqualTo(expected);
    }

    @Test
    void patchesThatLieTooDeepAreRefused() {
        FakePoints points = new FakePoints().patched(PatchBody.MAX_LAYERS + 1);
        assertDamaged(points, ordinary(points));
    }

    @Test
    void patchesThatTheStoreCallsWholeBlocksAreRefused() {
        FakePoints points = new FakePoints().patched(1);
        assertDamaged(points, ordinary(points).edit(p -> new StreamPart(p.change(), p.chunks(), Set.of())));
    }

    @Test
    void wholeBlocksThatTheStoreCallsPatchesAreRefused() {
        FakePoints points = new FakePoints();
        assertDamaged(
                points, ordinary(points).edit(p -> new StreamPart(p.change(), p.chunks(), Set.copyOf(p.chunks()))));
    }

    @Test
    void patchesWithoutTheirBasesAreRefused() {
        FakePoints points = new FakePoints().patched(2);
        FakePoints.Draft draft = ordinary(points);
        points.loseBases();
        assertDamaged(points, draft);
    }

    private void assertDamaged(FakePoints points, FakePoints.Draft draft) {
        Fault fault = catchThrowableOfType(Fault.class, () -> rebuild("damaged", points, draft));
        assertThat(fault.code()).isEqualTo(RestoreCode.POINT_DAMAGED);
    }
}
