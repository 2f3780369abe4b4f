package io.rewind.capture.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.runtime.process.ProcessKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against bits kept as the kernel's documentation says; a kernel that has them is not needed. */
class SoftDirtyTrackerTest extends DirtyTrackerContract {
    @TempDir
    private Path folder = Path.of("");

    private final Bits bits = new Bits();

    /** Which pages are there, and which of them were not written since the bits were cleared. */
    private static final class Bits implements SoftDirty {
        private final Set<Long> there = new HashSet<>();
        private final Set<Long> clean = new HashSet<>();
        /** Of those that are not where they would be. */
        private final Map<Long, Long> places = new HashMap<>();

        private boolean failing;

        @Override
        public void read(int pid, long firstPage, long[] entries) {
            for (int i = 0; i < entries.length; i++) {
                long page = firstPage + i;
                long where = (page % 2 == 0 ? SoftDirty.PRESENT : SoftDirty.SWAPPED) | places.getOrDefault(page, page);
                entries[i] = there.contains(page) ? where | (clean.contains(page) ? 0 : SoftDirty.WRITTEN) : 0;
            }
        }

        @Override
        public void clear(int pid) throws IOException {
            if (failing) {
                throw new IOException("no such process");
            }
            clean.addAll(there);
        }
    }

    private final class BitsSpace extends FileSpace {
        BitsSpace() throws IOException {
            super(folder);
        }

        @Override
        public void write(int page, byte[] content) {
            super.write(page, content);
            bits.there.add(FIRST + page);
            bits.clean.remove(FIRST + page);
        }

        @Override
        public void remove(int page) {
            super.remove(page);
            bits.there.remove(FIRST + page);
            bits.clean.remove(FIRST + page);
        }
    }

    @Override
    DirtyTracker tracker() {
        return new SoftDirtyTracker(bits);
    }

    @Override
    Space space() throws IOException {
        return new BitsSpace();
    }

    @Test
    void restingPagesAreNamedFromTheSecondFreezeOn() throws IOException {
        try (DirtyTracker tracker = tracker();
                Space space = space()) {
            space.write(10, page(1));
            space.write(11, page(2));
            assertThat(tracker.unchanged(space.freeze()).isEmpty()).isTrue();
            space.write(11, page(3));
            assertThat(tracker.unchanged(space.freeze()))
                    .hasToString("[" + (FileSpace.FIRST + 10) + ", " + (FileSpace.FIRST + 11) + "]");
        }
    }

    /** As after mremap of whole page tables, and after a page was given up and then read. */
    @Test
    void I7_anotherPageInItsPlaceIsNotTakenForIt() throws IOException {
        try (DirtyTracker tracker = tracker();
                Space space = space()) {
            space.write(10, page(1));
            space.write(11, page(2));
            tracker.unchanged(space.freeze());
            bits.places.put(FileSpace.FIRST + 10, 1L);
            assertThat(tracker.unchanged(space.freeze()))
                    .hasToString("[" + (FileSpace.FIRST + 11) + ", " + (FileSpace.FIRST + 12) + "]");
        }
    }

    @Test
    void I7_whoMayNotSeePlacesReadsEverything() throws IOException {
        try (DirtyTracker tracker = tracker();
                Space space = space()) {
            space.write(10, page(1));
            bits.places.put(FileSpace.FIRST + 10, 0L);
            tracker.unchanged(space.freeze());
            assertThat(tracker.unchanged(space.freeze()).isEmpty()).isTrue();
        }
    }

    @Test
    void I6_bitsThatCouldNotBeClearedAreOfNoKnownMoment() throws IOException {
        try (DirtyTracker tracker = tracker();
                Space space = space()) {
            space.write(10, page(1));
            tracker.unchanged(space.freeze());
            bits.failing = true;
            FrozenSpace frozen = space.freeze();
            assertThatThrownBy(() -> tracker.unchanged(frozen)).isInstanceOf(IOException.class);
            bits.failing = false;
            assertThat(tracker.unchanged(space.freeze()).isEmpty()).isTrue();
            assertThat(tracker.unchanged(space.freeze()).isEmpty()).isFalse();
        }
    }

    @Test
    void anotherProcessOfTheSamePidIsNotKnown() throws Exception {
        try (DirtyTracker tracker = tracker();
                Space space = space()) {
            space.write(10, page(1));
            tracker.unchanged(space.freeze());
            FrozenSpace frozen = space.freeze();
            ProcessKey later = new ProcessKey(FileSpace.KEY.pid(), FileSpace.KEY.startTime() + 1);
            FrozenSpace reused =
                    new FrozenSpace("17", Optional.of(later), frozen.map(), frozen.memory(), frozen.pagesFile());
            assertThat(tracker.unchanged(reused).isEmpty()).isTrue();
            tracker.lookAhead(List.of(later));
            assertThat(tracker.unchanged(space.freeze()).isEmpty()).isTrue();
        }
    }

    /** Clearing "succeeds" on such a kernel. */
    @Test
    void aKernelWithoutTheBitsIsFoundOut() throws Exception {
        SoftDirty everything = new SoftDirty() {
            @Override
            public void read(int pid, long firstPage, long[] entries) {
                Arrays.fill(entries, PRESENT | 1);
            }

            @Override
            public void clear(int pid) {
                // Nothing happens, and no error.
            }
        };
        assertThat(TrackerProbe.fault(new SoftDirtyTracker(everything)))
                .hasValueSatisfying(fault -> assertThat(fault).contains("does not count as written"));
    }
}
