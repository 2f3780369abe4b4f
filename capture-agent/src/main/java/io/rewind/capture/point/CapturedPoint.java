package io.rewind.capture.point;

import io.rewind.capture.files.TreeDelta;
import io.rewind.capture.staging.Staging;
import io.rewind.event.PointHeader;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.id.PointId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All of one point, after release, ready to be published. Refers to the staging area and to CRIU's images: valid
 * until the {@link Capture} it came from is closed.
 */
public record CapturedPoint(
        PointHeader header,
        String spec,
        String startedAt,
        List<SpaceDelta> spaces,
        TreeDelta upper,
        List<Path> images,
        Staging staging) {

    /** What the next point is compared with, once this one is published. */
    public Baseline baseline() {
        Map<String, Baseline.Space> after = spaces.stream()
                .filter(space -> space.after().size() > 0)
                .collect(Collectors.toMap(
                        SpaceDelta::name, space -> new Baseline.Space(space.process(), space.after())));
        return new Baseline(new PointId(header.getPoint()), startedAt, after, upper.after());
    }

    static long rawBytes(List<SpaceDelta> spaces, TreeDelta upper, List<Path> images) {
        long pages = spaces.stream().mapToLong(s -> s.written().length).sum();
        long files = upper.contents().stream()
                .mapToLong(TreeDelta.StagedBlock::length)
                .sum();
        return pages * Block.SIZE
                + files
                + images.stream().mapToLong(CapturedPoint::size).sum();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
