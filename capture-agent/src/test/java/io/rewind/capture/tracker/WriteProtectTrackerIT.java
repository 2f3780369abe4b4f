package io.rewind.capture.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rewind.capture.process.TraceStatus;
import java.io.IOException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteProtectTrackerIT extends DirtyTrackerContract {
    @BeforeAll
    static void needsTheKernel() {
        assumeTrue(TrackerProbe.fault(TrackerKind.WRITE_PROTECT).isEmpty());
    }

    @Override
    DirtyTracker tracker() {
        return new WriteProtectTracker((process, why) -> {
            throw new AssertionError(process + " is not tracked: " + why);
        });
    }

    @Override
    Space space() throws IOException {
        return new ActorSpace(false);
    }

    /** A JVM with all of its threads, whatever they write besides. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void I7_randomMappingWritingMovingAndAdvising(long seed) throws Exception {
        Random random = new Random(seed);
        try (DirtyTracker tracker = tracker();
                ActorSpace space = new ActorSpace(true)) {
            PageTable known = PageTable.EMPTY;
            int resting = 0;
            for (int point = 0; point < 25; point++) {
                if (random.nextInt(5) > 0) {
                    space.mutate(random.nextInt());
                }
                tracker.lookAhead(space.processes());
                if (random.nextBoolean()) {
                    // What changes between the look-ahead and the freeze.
                    space.mutate(random.nextInt());
                }
                FrozenSpace frozen = space.freeze();
                NavigableMap<Long, byte[]> changed = new TreeMap<>();
                PageRanges unchanged = tracker.unchanged(frozen);
                resting += unchanged.isEmpty() ? 0 : 1;
                known = collect(frozen, unchanged, space, known, changed);
                if (random.nextInt(8) == 0) {
                    tracker.forget();
                }
            }
            assertThat(resting).isGreaterThan(10);
        }
    }

    @Test
    void onlyWrittenPagesAreNotNamed() throws Exception {
        try (DirtyTracker tracker = tracker();
                Space space = space()) {
            for (int page = 0; page < PAGES; page++) {
                space.write(page, page(page));
            }
            tracker.lookAhead(space.processes());
            tracker.unchanged(space.freeze());
            space.write(3, page(1));
            space.write(400, page(1));
            tracker.lookAhead(space.processes());
            FrozenSpace frozen = space.freeze();
            PageRanges unchanged = tracker.unchanged(frozen);
            PageRanges.Builder all = new PageRanges.Builder();
            frozen.stretches().forEach(stretch -> all.add(stretch.firstPage(), stretch.endPage()));
            long first = frozen.stretches().getFirst().firstPage();
            assertThat(all.build().minus(unchanged))
                    .hasToString(new PageRanges.Builder()
                            .add(first + 3, first + 4)
                            .add(first + 400, first + 401)
                            .build()
                            .toString());
        }
    }

    @Test
    void nothingOfATrackerStaysInTheProcess() throws Exception {
        try (ActorSpace space = new ActorSpace(false)) {
            for (int i = 0; i < 3; i++) {
                try (DirtyTracker tracker = tracker()) {
                    space.write(1, page(i));
                    tracker.lookAhead(List.of(space.key()));
                    assertThat(TraceStatus.of(space.key().pid()).tracer()).isZero();
                }
            }
        }
    }
}
