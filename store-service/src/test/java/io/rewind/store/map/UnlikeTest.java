package io.rewind.store.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.StreamKind;
import io.rewind.store.node.NodeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any two points of one timeline, over so many that layers of every level are merged. */
final class UnlikeTest {
    private static final int POINTS = 300;
    private static final String MEMORY = "MEMORY:";

    private final InMemoryNodes nodes = new InMemoryNodes();
    private final List<NodeId> roots = new ArrayList<>();
    private final List<Map<String, MapModel.Stream>> states = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whatIsNotNamedIsAlike(long seed) {
        MapModel model = new MapModel(new SplittableRandom(seed));
        for (int point = 0; point < POINTS; point++) {
            boolean full = point == 0 || point == 280;
            PointMap map = full ? PointMap.full(nodes) : PointMap.delta(nodes, roots.getLast());
            model.next(full).forEach(change -> map.apply(change.change(), change.chunks()));
            roots.add(map.finish());
            states.add(model.state());
        }
        SplittableRandom choice = new SplittableRandom(seed);
        for (int pair = 0; pair < 500; pair++) {
            int one = choice.nextInt(POINTS);
            int other = pair % 2 == 0 ? Math.min(one + choice.nextInt(20), POINTS - 1) : choice.nextInt(POINTS);
            Set<String> unlike = unlike(one, other);
            Set<String> differing = differing(states.get(one), states.get(other));
            differing.removeAll(unlike);
            assertThat(differing)
                    .as("seed %d, points %d and %d", seed, one, other)
                    .isEmpty();
            if (one == other) {
                assertThat(unlike).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void neighboursDifferInLittleMoreThanWhatWasWritten(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MapModel model = new MapModel(random);
        int named = 0;
        int written = 0;
        for (int point = 0; point < 200; point++) {
            PointMap map = point == 0 ? PointMap.full(nodes) : PointMap.delta(nodes, roots.getLast());
            List<MapModel.Change> changes = model.next(point == 0);
            changes.forEach(change -> map.apply(change.change(), change.chunks()));
            roots.add(map.finish());
            states.add(model.state());
            if (point > 0 && changes.stream().noneMatch(c -> c.change().getRemoved())) {
                // A space that ended within what a merge took is named whole, which costs what there is of it.
                Set<String> pages = new HashSet<>(places(states.getLast()).keySet());
                pages.retainAll(unlike(point - 1, point));
                named += pages.size();
                written += (int) changes.stream()
                        .filter(c -> c.change().getKind() == StreamKind.MEMORY)
                        .flatMap(c -> c.change().getRuns().stream())
                        .mapToLong(run -> run.getCount())
                        .sum();
            }
        }
        // A merge makes what fifteen points before wrote be compared page by page, and be found alike.
        assertThat(named).as("seed %d", seed).isPositive().isLessThanOrEqualTo(2 * written);
    }

    /** As "space page", of pages that either has anything at. */
    private Set<String> unlike(int one, int other) {
        Set<String> pages = new HashSet<>();
        Unlike.read(nodes, roots.get(one), roots.get(other), (space, first, end) -> {
            assertThat(first).isLessThan(end);
            for (long page = first; page < Math.min(end, 2L * Segment.BLOCKS); page++) {
                pages.add(space + " " + page);
            }
        });
        return pages;
    }

    private static Set<String> differing(Map<String, MapModel.Stream> one, Map<String, MapModel.Stream> other) {
        Map<String, Place> mine = places(one);
        Map<String, Place> theirs = places(other);
        Set<String> pages = new HashSet<>(mine.keySet());
        pages.addAll(theirs.keySet());
        pages.removeIf(page -> Optional.ofNullable(mine.get(page)).equals(Optional.ofNullable(theirs.get(page))));
        return pages;
    }

    private static Map<String, Place> places(Map<String, MapModel.Stream> state) {
        Map<String, Place> places = new TreeMap<>();
        state.forEach((name, stream) -> {
            if (name.startsWith(MEMORY)) {
                stream.blocks()
                        .forEach((page, place) -> places.put(name.substring(MEMORY.length()) + " " + page, place));
            }
        });
        return places;
    }
}
