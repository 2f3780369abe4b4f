package io.rewind.capture.freeze;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.schemas.mount.Mounted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeFoldersTest {
    @TempDir
    private Path host = Path.of("");

    @Test
    void whatCannotBeExchangedIsLeftOutAndSaid() throws IOException {
        Path plain = Files.createDirectory(host.resolve("plain"));
        Path mounted = Files.createDirectory(host.resolve("mounted"));
        Path above = Files.createDirectories(host.resolve("above/mount"))
                .resolveSibling(".")
                .normalize();
        Path file = Files.writeString(host.resolve("file"), "");
        MountTable table = MountTable.parse(List.of(
                "1 0 8:1 / / rw - ext4 /dev/a rw",
                "2 1 0:9 / " + mounted + " rw - nfs server:/x rw",
                "3 1 0:10 / " + above.resolve("mount") + " rw - tmpfs tmpfs rw"));
        List<String> leftOut = new ArrayList<>();

        Map<String, Path> folders = VolumeFolders.of(
                List.of(volume(plain, "/a"), volume(mounted, "/b"), volume(above, "/c"), volume(file, "/d")),
                table,
                leftOut::add);

        assertThat(folders).isEqualTo(Map.of("/a", plain));
        assertThat(leftOut)
                .hasSize(3)
                .anyMatch(clause -> clause.contains("/b is"))
                .anyMatch(clause -> clause.contains("/c is"))
                .anyMatch(clause -> clause.contains("/d is no directory"));
    }

    @Test
    void whatIsMountedTwiceOrWithinAnotherIsTakenOnce() throws IOException {
        Path outer = Files.createDirectory(host.resolve("outer"));
        Path inner = Files.createDirectory(outer.resolve("inner"));
        Path other = Files.createDirectory(host.resolve("outer-2"));

        Map<String, Path> folders = VolumeFolders.of(
                List.of(volume(inner, "/1"), volume(outer, "/3"), volume(outer, "/2"), volume(other, "/4")),
                MountTable.parse(List.of("1 0 8:1 / / rw - ext4 /dev/a rw")),
                clause -> {
                    throw new AssertionError(clause);
                });

        assertThat(folders).isEqualTo(Map.of("/2", outer, "/4", other));
    }

    private static Mounted volume(Path source, String destination) {
        return new Mounted(false, "v", source.toString(), destination);
    }
}
