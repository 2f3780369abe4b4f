package io.rewind.restore.look;

import static io.rewind.restore.fixture.Recipes.bytes;
import static io.rewind.restore.fixture.Recipes.meta;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.event.FileType;
import io.rewind.event.PointAgo;
import io.rewind.event.PointById;
import io.rewind.restore.fixture.FakePoints;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.ContainerName;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MomentTest {
    private static final ContainerName WEB = new ContainerName("web");
    private static final Instant NOW = Instant.EPOCH.plusSeconds(100);

    private final FakePoints points = new FakePoints();

    private String id(Moment moment) {
        return moment.header().getPoint();
    }

    @Test
    void theBeginningOfAnIdIsEnoughWhileItIsOneOnly() {
        Moment first = Told.commit(points, Told.tree(points, "a"), 1);
        Moment second = Told.commit(points, Told.tree(points, "b"), 2);
        assertThat(id(Moment.find(points, WEB, new PointById(id(second).substring(0, 12)), NOW)))
                .isEqualTo(id(second));
        assertThat(id(Moment.find(points, WEB, new PointAgo(98_500L), NOW))).isEqualTo(id(first));
        assertThatThrownBy(() -> Moment.find(points, WEB, new PointById("0000"), NOW))
                .hasMessage("2 points' id begins with 0000; `rewind points` lists those there are.");
        assertThatThrownBy(() -> Moment.find(points, WEB, new PointById("ffff"), NOW))
                .hasMessageStartingWith("No point's id begins with ffff");
        assertThatThrownBy(() -> Moment.find(points, new ContainerName("other"), new PointById("0000"), NOW))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(LookFault.CONTAINER_UNKNOWN));
    }

    @Test
    void beforeChangeIsTheLastPointWithTheFormerState() {
        Told.commit(points, Told.tree(points, "old"), 1);
        Moment before = Told.commit(points, Told.tree(points, "good"), 2);
        Told.commit(points, Told.tree(points, "bad"), 3);
        Told.commit(points, Told.tree(points, "bad").entry(bytes("other"), meta(FileType.FILE), bytes("x")), 4);
        assertThat(id(LastChange.before(points, WEB, "/etc/passwd"))).isEqualTo(id(before));
        assertThat(id(LastChange.before(points, WEB, "/etc")))
                .as("with all in it")
                .isEqualTo(id(before));
    }

    @Test
    void comingAndGoingAreChanges() {
        Moment without = Told.commit(points, Told.tree(points, "a"), 1);
        Told.commit(points, Told.tree(points, "a").entry(bytes("etc/shadow"), meta(FileType.FILE), bytes("x")), 2);
        assertThat(id(LastChange.before(points, WEB, "/etc/shadow"))).isEqualTo(id(without));

        Moment there =
                Told.commit(points, Told.tree(points, "a").entry(bytes("srv"), meta(FileType.DIRECTORY), bytes("")), 3);
        Told.commit(points, Told.tree(points, "a").entry(bytes("srv"), meta(FileType.WHITEOUT), bytes("")), 4);
        assertThat(id(LastChange.before(points, WEB, "/srv/www")))
                .as("with what it lay in")
                .isEqualTo(id(there));
    }

    @Test
    void aFileThatNeverChangedIsSaidToBeSo() {
        Told.commit(points, Told.tree(points, "a"), 1);
        Told.commit(points, Told.tree(points, "a"), 2);
        assertThatThrownBy(() -> LastChange.before(points, WEB, "/etc/passwd"))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(LookFault.NEVER_CHANGED));
    }
}
