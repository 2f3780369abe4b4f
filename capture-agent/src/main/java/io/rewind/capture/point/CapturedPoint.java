package io.rewind.capture.point;

import io.rewind.capture.files.KnownTree;
import io.rewind.capture.files.TreeDelta;
import io.rewind.capture.staging.Staging;
import io.rewind.event.PointHeader;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.id.PointId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * All of one point, after release, ready to be published. Refers to the staging area and to CRIU's images: valid
 * until the {@link Capture} it came from is closed.
 *
 * @param trees by name, see {@link io.rewind.capture.files.TreeCaptures}
 */
public record CapturedPoint(
        PointHeader header,
        String spec,
        String startedAt,
        List<SpaceDelta> spaces,
        SortedMap<String, TreeDelta> trees,
        List<ImageContent> images,
        Staging staging) {

    /** What the next point is compared with, once this one is published. */
    public Baseline baseline() {
        Map<String, Baseline.Space> after = spaces.stream()
                .filter(space -> space.after().size() > 0)
                .collect(Collectors.toMap(
                        SpaceDelta::name, space -> new Baseline.Space(space.process(), space.after())));
        Map<String, KnownTree> known = trees.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().after()));
        return new Baseline(new PointId(header.getPoint()), startedAt, after, known);
    }

    static long rawBytes(List<SpaceDelta> spaces, Collection<TreeDelta> trees, List<ImageContent> images) {
        long pages = spaces.stream().mapToLong(s -> s.written().length).sum();
        long files = trees.stream()
                .flatMap(tree -> tree.contents().stream())
                .mapToLong(TreeDelta.StagedBlock::length)
                .sum();
        return pages * Block.SIZE
                + files
                + images.stream().mapToLong(ImageContent::size).sum();
    }
}
