package io.rewind.restore.warm;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.restore.fixture.FakeEngine;
import io.rewind.restore.fixture.FakePoints;
import io.rewind.restore.fixture.Recipes;
import io.rewind.restore.plan.Limits;
import io.rewind.schemas.id.PointId;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {
    private static final Limits LIMITS = new Limits(1000, 1000, 1 << 24);
    private static final long ALL = 1 << 24;

    @TempDir
    Path folder;

    private final FakePoints points = new FakePoints();
    private FakeEngine engine = new FakeEngine(Path.of("/"));

    @BeforeEach
    void anEngine() {
        engine = new FakeEngine(folder.resolve("engine"));
    }

    private WarmUp warmUp(long bytes) {
        return new WarmUp(engine, points, LIMITS, bytes, folder);
    }

    private PointId captured(String container, int second) {
        return Recipes.images(points.draft())
                .commit(container, container, "web", Instant.EPOCH.plusSeconds(second), new byte[0]);
    }

    @Test
    void theNewestPointIsPutTogetherAndNothingStays() {
        String container = engine.have("web", "rewind", true);
        captured(container, 1);
        int one = asked(() -> warmUp(ALL).attempt());
        captured(container, 2);

        int ofTwo = asked(() -> assertThat(warmUp(ALL).attempt()).isTrue());

        assertThat(ofTwo).isEqualTo(one).isPositive();
        assertThat(folder.resolve(".warm-up")).doesNotExist();
        assertThat(engine.calls()).isEmpty();
    }

    private int asked(Runnable action) {
        int before = points.asked();
        action.run();
        return points.asked() - before;
    }

    @Test
    void itWaitsForAPoint() {
        assertThat(warmUp(ALL).attempt()).isFalse();
        String container = engine.have("web", "rewind", true);
        assertThat(warmUp(ALL).attempt()).isFalse();

        captured(container, 1);

        assertThat(warmUp(ALL).attempt()).isTrue();
    }

    @Test
    void ofALargePointTheBeginningIsEnough() {
        captured(engine.have("web", "rewind", true), 1);
        int all = asked(() -> warmUp(ALL).attempt());

        int some = asked(() -> assertThat(warmUp(1).attempt()).isTrue());

        assertThat(some).isPositive().isLessThan(all);
        assertThat(folder.resolve(".warm-up")).doesNotExist();
    }

    @Test
    void aDamagedPointIsToldOfOnce() {
        captured(engine.have("web", "rewind", true), 1);
        points.loseChunks();

        assertThat(warmUp(ALL).attempt()).isTrue();
        assertThat(folder.resolve(".warm-up")).doesNotExist();
    }

    @Test
    void aStoreThatIsAwayIsAskedAgain() {
        captured(engine.have("web", "rewind", true), 1);
        points.failAt(1);

        assertThat(warmUp(ALL).attempt()).isFalse();
        assertThat(warmUp(ALL).attempt()).isTrue();
    }

    @Test
    void itEndsWhenARestoreBegins() {
        captured(engine.have("web", "rewind", true), 1);
        int all = asked(() -> warmUp(ALL).attempt());
        WarmUp warmUp = warmUp(ALL);
        warmUp.end();

        int some = asked(() -> assertThat(warmUp.attempt()).isTrue());

        assertThat(some).isLessThan(all);
        assertThat(folder.resolve(".warm-up")).doesNotExist();
    }
}
