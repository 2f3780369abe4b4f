package io.rewind.capture.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.capture.point.MemoryLookAhead;
import io.rewind.capture.point.SpaceAhead;
import io.rewind.capture.point.SpaceDelta;
import io.rewind.capture.point.SpaceReading;
import io.rewind.capture.staging.Staging;
import io.rewind.runtime.process.PageRanges;
import io.rewind.runtime.process.ProcessKey;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockDigest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a capture relies on, whichever tracker it has. */
abstract class DirtyTrackerContract {
    /** An address space that the test writes to while it runs, and the tracker sees while it stands still. */
    interface Space extends AutoCloseable {
        /** Writes the page, which is there from now on. */
        void write(int page, byte[] content) throws IOException;

        /** Takes the page away; without effect when it is not there. */
        void remove(int page) throws IOException;

        /** All pages there are now by their number in records, read without any tracker. */
        NavigableMap<Long, byte[]> read() throws IOException;

        /** What runs in it; it runs on until it is frozen. */
        List<ProcessKey> processes() throws IOException;

        FrozenSpace freeze() throws IOException;

        /** Memory can no longer be read, as when the process was killed. */
        void vanish() throws IOException;

        @Override
        void close() throws IOException;
    }

    static final int PAGES = 600;

    @TempDir
    Path spool = Path.of("");

    abstract DirtyTracker tracker();

    /** Room for pages 0 to {@link #PAGES} - 1, none of them there yet. */
    abstract Space space() throws IOException;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void I7_whatIsHandedOverMakesTheSpace(long seed) throws Exception {
        Random random = new Random(seed);
        try (DirtyTracker tracker = tracker();
                Space space = space()) {
            NavigableMap<Long, byte[]> model = new TreeMap<>();
            PageTable known = PageTable.EMPTY;
            for (int point = 0; point < 20; point++) {
                change(random, space);
                NavigableMap<Long, byte[]> changed = new TreeMap<>();
                PageTable now = collect(tracker, space, known, changed);
                boolean published = random.nextInt(4) > 0;
                if (published) {
                    known.without(now)
                            .forEach(run -> model.subMap(run.getFirst(), run.getFirst() + run.getCount())
                                    .clear());
                    model.putAll(changed);
                    known = now;
                    assertSame(model, space.read());
                } else {
                    tracker.forget();
                    if (random.nextBoolean()) {
                        model.clear();
                        known = PageTable.EMPTY;
                    }
                }
            }
        }
    }

    /** Whatever is written between the copy and the freeze, and whether or not a mechanism can look ahead. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void I7_whatWasCopiedAheadIsOfTheFreeze(long seed) throws Exception {
        Random random = new Random(seed);
        try (DirtyTracker tracker = tracker();
                Space space = space()) {
            NavigableMap<Long, byte[]> model = new TreeMap<>();
            PageTable known = PageTable.EMPTY;
            for (int point = 0; point < 20; point++) {
                change(random, space);
                tracker.lookAhead(space.processes());
                NavigableMap<Long, byte[]> changed = new TreeMap<>();
                PageTable now;
                try (Staging staging = new Staging(spool, 8 << 20, 1 << 30)) {
                    MemoryLookAhead memory = new MemoryLookAhead(tracker, staging, 1);
                    SpaceAhead ahead = SpaceAhead.of(known);
                    for (ProcessKey process : space.processes()) {
                        ahead = memory.of(process, known);
                    }
                    if (random.nextInt(3) > 0) {
                        change(random, space);
                    }
                    FrozenSpace frozen = space.freeze();
                    now = finish(
                            SpaceReading.inWindow(frozen, known, ahead, tracker.unchanged(frozen), staging),
                            known,
                            staging,
                            changed);
                }
                known.without(now)
                        .forEach(run -> model.subMap(run.getFirst(), run.getFirst() + run.getCount())
                                .clear());
                model.putAll(changed);
                assertSame(model, space.read());
                known = now;
                if (random.nextInt(5) == 0) {
                    tracker.forget();
                    known = PageTable.EMPTY;
                    model.clear();
                }
            }
        }
    }

    @Test
    void againstNothingEveryPageIsHandedOver() throws Exception {
        try (DirtyTracker tracker = tracker();
                Space space = space()) {
            change(new Random(7), space);
            for (int i = 0; i < 2; i++) {
                NavigableMap<Long, byte[]> changed = new TreeMap<>();
                collect(tracker, space, PageTable.EMPTY, changed);
                assertSame(changed, space.read());
                tracker.forget();
            }
        }
    }

    @Test
    void whatIsKnownAlreadyIsNotHandedOver() throws Exception {
        try (DirtyTracker tracker = tracker();
                Space space = space()) {
            change(new Random(8), space);
            space.write(5, page(1));
            PageTable known = collect(tracker, space, PageTable.EMPTY, new TreeMap<>());
            space.write(5, page(1));
            assertThat(collect(tracker, space, known, new TreeMap<>()).digest()).isEqualTo(known.digest());
            NavigableMap<Long, byte[]> changed = new TreeMap<>();
            space.write(5, page(2));
            collect(tracker, space, known, changed);
            assertThat(changed).hasSize(1);
            assertThat(changed.firstEntry().getValue()).isEqualTo(page(2));
        }
    }

    @Test
    void memoryThatCannotBeReadIsAnIOException() throws Exception {
        try (DirtyTracker tracker = tracker();
                Space space = space()) {
            space.write(10, page(1));
            space.write(300, page(2));
            tracker.lookAhead(space.processes());
            space.vanish();
            FrozenSpace frozen = space.freeze();
            assertThatThrownBy(() -> collect(frozen, tracker.unchanged(frozen), PageTable.EMPTY, new TreeMap<>()))
                    .isInstanceOf(IOException.class);
        }
    }

    private static void change(Random random, Space space) throws IOException {
        int first = random.nextInt(PAGES);
        int last = Math.min(PAGES, first + random.nextInt(400));
        for (int page = first; page < last; page++) {
            int kind = random.nextInt(4);
            if (kind == 0) {
                space.remove(page);
            } else {
                space.write(page, page(kind == 1 ? 0 : random.nextInt(3)));
            }
        }
    }

    private PageTable collect(DirtyTracker tracker, Space space, PageTable known, NavigableMap<Long, byte[]> changed)
            throws Exception {
        tracker.lookAhead(space.processes());
        FrozenSpace frozen = space.freeze();
        return collect(frozen, tracker.unchanged(frozen), space, known, changed);
    }

    private PageTable collect(
            FrozenSpace frozen, PageRanges unchanged, PageTable known, NavigableMap<Long, byte[]> changed)
            throws IOException {
        try (Staging staging = new Staging(spool, 8 << 20, 1 << 30)) {
            return finish(SpaceReading.inWindow(frozen, known, unchanged, staging), known, staging, changed);
        }
    }

    private static PageTable finish(
            SpaceReading reading, PageTable known, Staging staging, NavigableMap<Long, byte[]> changed)
            throws IOException {
        SpaceDelta delta = reading.finish(known);
        for (int i = 0; i < delta.written().length; i++) {
            byte[] content = new byte[Block.SIZE];
            staging.read(delta.staged()[i], content, 0, Block.SIZE);
            assertThat(changed.put(delta.written()[i], content)).isNull();
        }
        return delta.after();
    }

    /** Reads a frozen space, and holds the table against a full reading and the pages against what was known. */
    PageTable collect(
            FrozenSpace frozen, PageRanges unchanged, Space space, PageTable known, NavigableMap<Long, byte[]> changed)
            throws IOException {
        PageTable now = collect(frozen, unchanged, known, changed);
        NavigableMap<Long, byte[]> all = space.read();
        PageTable.Builder expected = new PageTable.Builder(all.size());
        all.forEach((page, bytes) -> expected.add(page, BlockDigest.of(page, bytes, 0, Block.SIZE)));
        PageTable reference = expected.build();
        assertThat(now.size()).isEqualTo(reference.size());
        assertThat(now.without(reference)).isEmpty();
        assertThat(now.digest()).isEqualTo(reference.digest());
        PageTable.Cursor before = known.cursor();
        all.forEach((page, bytes) -> {
            boolean wasKnown = before.has(page, BlockDigest.of(page, bytes, 0, Block.SIZE));
            assertThat(changed.containsKey(page)).as("page %d", page).isEqualTo(!wasKnown);
        });
        assertThat(all.keySet()).containsAll(changed.keySet());
        return now;
    }

    private static void assertSame(NavigableMap<Long, byte[]> one, NavigableMap<Long, byte[]> other) {
        assertThat(one.keySet()).isEqualTo(other.keySet());
        one.forEach((page, bytes) -> assertThat(bytes).as("page %d", page).isEqualTo(other.get(page)));
    }

    static byte[] page(int seed) {
        byte[] page = new byte[Block.SIZE];
        if (seed != 0) {
            new Random(seed).nextBytes(page);
        }
        return page;
    }
}
