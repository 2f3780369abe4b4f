package io.rewind.restore.look;

import static io.rewind.restore.fixture.Recipes.bytes;
import static io.rewind.restore.fixture.Recipes.meta;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.event.FileType;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.fixture.FakePoints;
import io.rewind.runtime.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {
    private final FakePoints points = new FakePoints();
    private final FakePoints.Draft draft = Told.tree(points, "root");

    private List<String> list(String path, boolean recursive) {
        Moment moment = Told.commit(points, draft, 1);
        List<String> shown = new ArrayList<>();
        Listing.of(moment.point(), Spot.of(path, Told.SPEC), recursive, e -> shown.add(e.shown()));
        return shown;
    }

    @Test
    void aDirectoryHasItsEntries() {
        assertThat(list("/", false)).containsExactly("/etc");
        assertThat(list("/etc/", false)).containsExactly("/etc/passwd");
        assertThat(list("", true)).containsExactly("/etc", "/etc/passwd");
    }

    @Test
    void aFileIsItsOwnEntry() {
        assertThat(list("/etc/passwd", false)).containsExactly("/etc/passwd");
    }

    @Test
    void whatIsNotThereIsSaidToBeTheImages() {
        assertThatThrownBy(() -> list("/bin/sh", false))
                .hasMessage(
                        "The point has no /bin/sh of its own: only what changed since the image is kept, the image has"
                                + " the rest.");
        assertThatThrownBy(() -> list("/data/x", false))
                .hasMessage("The point has no /data/x; was /data captured with it?");
    }

    @Test
    void whatLiesInADeletedDirectoryIsDeleted() {
        draft.entry(bytes("srv"), meta(FileType.WHITEOUT), new byte[0]);
        assertThatThrownBy(() -> list("/srv/www", false)).hasMessage("/srv/www was deleted at that point.");
    }

    @Test
    void I9_namesAreShownWithoutControlCharacters() {
        draft.entry(bytes("etc/\u001b[31mred\u0007\u009b2J\n"), meta(FileType.FILE), new byte[0]);
        assertThat(list("/etc", false)).contains("/etc/\\x1b[31mred\\x07\\xc2\\x9b2J\\x0a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "/abs", "a//b", "a/."})
    void I9_pathsThatGoElsewhereAreRefused(String hostile) {
        draft.entry(bytes(hostile), meta(FileType.FILE), new byte[0]);
        assertThatThrownBy(() -> list("/", true))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(RestoreCode.POINT_REFUSED));
    }

    @Test
    void aPersonsPathMayNotGoUp() {
        assertThatThrownBy(() -> Spot.of("/etc/../../x", Told.SPEC))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(LookFault.PATH_INVALID));
    }
}
