package io.rewind.capture.freeze;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountTableTest {
    @Test
    void aRootThatIsNoOverlayOrHasNoUpperDirectory() {
        assertThat(table("27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard")
                        .upperDirectory())
                .isEmpty();
        assertThat(table("1 0 0:9 / / ro - overlay overlay ro,lowerdir=/a:/b").upperDirectory())
                .isEmpty();
        assertThat(table("").upperDirectory()).isEmpty();
    }

    @Test
    void theUpperDirectoryIsInTheRootsOptions() {
        assertThat(table(
                                "102 98 0:39 / / rw master:2 - overlay overlay rw,lowerdir=/l/A:/l/B,upperdir=/0a/diff,workdir=/0a/w")
                        .upperDirectory())
                .contains(Path.of("/0a/diff"));
    }

    @Test
    void escapesAreUndoneAfterOptionsAreToldApart() {
        MountTable table = table("1 0 0:9 / / rw - overlay overlay rw,upperdir=/a\\040b\\054upperdir=c,workdir=/w");
        assertThat(table.upperDirectory()).contains(Path.of("/a b,upperdir=c"));
    }

    @Test
    void ofSeveralRootsTheLastIsSeen() {
        MountTable table = table("""
                1 0 0:8 / / rw - overlay overlay rw,upperdir=/below
                2 1 0:9 / / rw - overlay  rw,upperdir=/above
                """);
        assertThat(table.upperDirectory()).contains(Path.of("/above"));
    }

    @Test
    void thisProcessHasARoot() {
        assertThat(MountTable.of((int) ProcessHandle.current().pid()).mounts())
                .extracting(MountTable.Mount::point)
                .contains("/", "/proc");
    }

    private static MountTable table(String text) {
        return MountTable.parse(List.of(text.split("\n")));
    }
}
