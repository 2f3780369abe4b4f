package io.rewind.restore.switchover;

import io.rewind.restore.code.RestoreCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * CRIU moves processes into the cgroups they were captured in: those of another container, which may be paused or gone,
 * and whose limits are not theirs. The cgroup's name is the container's id; ids are of one length, so exchanging them
 * leaves the image's lengths right.
 */
final class OwnCgroup {
    private static final Pattern ID = Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])");

    private OwnCgroup() {}

    static void rewrite(Path images, String container) {
        Path image = images.resolve("cgroup.img");
        try {
            if (Files.isRegularFile(image) && ID.matcher(container).matches()) {
                String bytes = Files.readString(image, StandardCharsets.ISO_8859_1);
                Files.writeString(image, ID.matcher(bytes).replaceAll(container), StandardCharsets.ISO_8859_1);
            }
        } catch (IOException e) {
            throw RestoreCode.DISK_FAILED.because("cgroup.img cannot be rewritten: " + e.getMessage() + ".", e);
        }
    }
}
