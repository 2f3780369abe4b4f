package io.rewind.restore.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.Fingerprint;
import io.rewind.event.LazySource;
import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import io.rewind.restore.fixture.FakeEngine.Runs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is refused leaves everything as it is, and says who asked. */
class RefusalTest {
    private static final Fingerprint NEWER = new Fingerprint("6.19.0", "amd64", "cpu", "4.2.1", "");

    @TempDir
    Path folder;

    private static void refused(Try once, String code) {
        RestoreProgress last = once.ends().getLast();
        assertThat(last.getCode()).as(last.getMessage()).isEqualTo(code);
        assertThat(last.getState()).isEqualTo(RestoreState.FAILED);
        assertThat(last.getRequestedBy()).isNotEmpty();
        assertThat(once.engine.calls()).isEmpty();
        assertThat(once.engine.runs(once.id)).isEqualTo(Runs.PRESENT);
    }

    @ParameterizedTest
    @EnumSource(
            value = RestoreMode.class,
            names = {"IN_PLACE", "CLONE"})
    void whoMayNotIsRefused(RestoreMode mode) {
        Try once = new Try(folder, "rewind");

        once.request(once.asked(mode).setRequestedBy("test@elsewhere").build());

        refused(once, "NOT_ALLOWED");
        assertThat(once.ends()).extracting(RestoreProgress::getRequestedBy).containsExactly("test@elsewhere");
    }

    @Test
    void aTimelineIdIsNoWayRoundTheContainersName() {
        Try once = new Try(folder, "rewind");

        once.request(once.asked(RestoreMode.CLONE)
                .setContainer(once.id)
                .setRequestedBy("test@elsewhere")
                .build());

        refused(once, "NOT_ALLOWED");
        assertThat(once.ends().getLast().getMessage()).contains(" web ");
    }

    @ParameterizedTest
    @EnumSource(
            value = RestoreMode.class,
            names = {"IN_PLACE", "CLONE"})
    void whatWasCapturedOnANewerKernelIsRefusedUnlessForced(RestoreMode mode) {
        Try once = new Try(folder, "rewind");
        once.points.committedOn(NEWER);

        once.request(mode);
        refused(once, "HOST_DIFFERS");
        assertThat(once.ends().getLast().getMessage()).contains("6.19.0").contains("6.18.5");

        once.request(once.asked(mode).setRequest("request-2").setForce(true).build());
        assertThat(once.ends().getLast().getCode()).isEqualTo("OK");
    }

    @Test
    void anImageThatIsNotHereIsFetchedWhereItCanBe() {
        Try once = new Try(folder, "rewind");
        once.engine.forgetImages(false);
        once.request(RestoreMode.CLONE);
        refused(once, "IMAGE_MISSING");

        once.engine.forgetImages(true);
        once.request(once.asked(RestoreMode.CLONE).setRequest("request-2").build());
        assertThat(once.ends().getLast().getCode()).isEqualTo("OK");
    }

    @Test
    void onlyACloneMayStartBeforeItsMemoryIsHere() {
        Try once = new Try(folder, "rewind");

        once.request(once.asked(RestoreMode.IN_PLACE).setLazy(LazySource.REMOTE).build());

        refused(once, "MODE_UNSUPPORTED");
        assertThat(once.ends().getLast().getMessage()).contains("clone");
    }
}
