package io.rewind.capture.freeze;

import io.rewind.capture.CaptureFault;
import io.rewind.criu.ImageNames;
import io.rewind.criu.MountPoints;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * For each tmpfs of a container CRIU starts a tar while the container stands still. As a rule they hold what the engine
 * has put there, and nothing has changed since the capture before. Those are called external at the dump; afterwards the
 * images are put right with the archive of the dump before. For one container, of one thread.
 */
final class TmpfsArchives {
    private static final String KEY = "rewind-tmpfs";

    /** @param archive as CRIU had it made */
    @SuppressWarnings("ArrayRecordComponent")
    private record Kept(TmpfsListing listing, byte[] archive) {}

    private final Path root;
    private final List<String> points;
    private final Map<String, Kept> kept = new HashMap<>();

    /** @param points where each tmpfs of its own is mounted */
    TmpfsArchives(int pid, Collection<String> points) {
        this.root = Path.of("/proc", Integer.toString(pid), "root");
        this.points = List.copyOf(points);
    }

    private Optional<TmpfsListing> list(String point) {
        return TmpfsListing.of(root.resolve(point.substring(1)));
    }

    /** For the freeze that comes now: what has not changed since the last one is left out of it. */
    Freeze freeze() {
        return new Freeze(points.stream()
                .filter(point -> Optional.ofNullable(kept.get(point))
                        .map(Kept::listing)
                        .filter(before -> list(point).equals(Optional.of(before)))
                        .isPresent())
                .toList());
    }

    /** What one freeze leaves out, and how everything stands in it. */
    final class Freeze {
        private final List<String> left;
        private final Map<String, TmpfsListing> frozen = new HashMap<>();

        private Freeze(List<String> left) {
            this.left = left;
        }

        /** CRIU's {@code --external} for what is left out. */
        List<String> externals() {
            return left.stream().map(point -> "mnt[" + point + "]:" + KEY).toList();
        }

        /** In the window. @throws Fault READ_FAILED when what was left out has changed since it was looked at */
        void inWindow() {
            for (String point : points) {
                list(point).ifPresent(listing -> frozen.put(point, listing));
            }
            for (String point : left) {
                Kept before = kept.get(point);
                if (before == null || !before.listing.equals(frozen.get(point))) {
                    kept.remove(point);
                    throw new Fault(
                            CaptureFault.READ_FAILED,
                            Severity.RETRYABLE,
                            "files in " + point
                                    + " changed in the moment of the freeze; the next capture will have them");
                }
            }
        }

        /** After CRIU has ended: the images are as if nothing had been left out. */
        void settle(Path images) throws IOException {
            for (MountPoints.Entry mount : MountPoints.inFolder(images)) {
                Path archive = images.resolve(ImageNames.tmpfs(mount.device()));
                Kept before = kept.get(mount.point());
                if (mount.externalKey().equals(Optional.of(KEY)) && before != null) {
                    Files.write(archive, before.archive);
                } else if (points.contains(mount.point()) && Files.exists(archive)) {
                    keep(mount.point(), archive);
                }
            }
            MountPoints.disown(images, KEY);
        }

        private void keep(String point, Path archive) throws IOException {
            TmpfsListing listing = frozen.get(point);
            if (listing == null) {
                kept.remove(point);
            } else {
                kept.put(point, new Kept(listing, Files.readAllBytes(archive)));
            }
        }
    }
}
