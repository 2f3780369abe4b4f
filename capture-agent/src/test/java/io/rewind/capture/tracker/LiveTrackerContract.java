package io.rewind.capture.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.criu.CountField;
import io.rewind.criu.Entry;
import io.rewind.criu.PageMap;
import io.rewind.runtime.process.Mappings;
import io.rewind.runtime.process.PageRanges;
import io.rewind.runtime.process.ProcessKey;
import io.rewind.runtime.process.ProcessMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tracker does that asks the kernel, with processes that live and are mapped, moved and replaced. */
abstract class LiveTrackerContract extends DirtyTrackerContract {
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
            fill(tracker, space);
            space.write(3, page(1));
            space.write(400, page(1));
            assertNamed(tracker, space, 3, 400);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "rewind.test.swapped", matches = "true")
    void whatIsInSwapIsTrackedLikeAllElse() throws Exception {
        try (DirtyTracker tracker = tracker();
                ActorSpace space = new ActorSpace(false)) {
            fill(tracker, space);
            assertThat(space.toSwap(PAGES)).isGreaterThan(PAGES / 2);
            space.write(3, page(1));
            space.write(400, page(1));
            assertThat(space.toSwap(PAGES)).isGreaterThan(PAGES / 2);
            assertNamed(tracker, space, 3, 400);
            assertThat(space.read().values()).hasSize(PAGES).contains(page(2), page(1));
        }
    }

    /** Writes all pages, and has the tracker see them. */
    private static void fill(DirtyTracker tracker, Space space) throws Exception {
        for (int page = 0; page < PAGES; page++) {
            space.write(page, page(page));
        }
        tracker.lookAhead(space.processes());
        tracker.unchanged(space.freeze());
    }

    /** These alone of the pages of its region may have changed. */
    private static void assertNamed(DirtyTracker tracker, Space space, int... pages) throws Exception {
        tracker.lookAhead(space.processes());
        FrozenSpace frozen = space.freeze();
        PageRanges unchanged = tracker.unchanged(frozen);
        PageRanges.Builder all = new PageRanges.Builder();
        frozen.stretches().forEach(stretch -> all.add(stretch.firstPage(), stretch.endPage()));
        long first = frozen.stretches().getFirst().firstPage();
        PageRanges.Builder wanted = new PageRanges.Builder();
        for (int page : pages) {
            wanted.add(first + page, first + page + 1);
        }
        assertThat(all.build().minus(unchanged)).hasToString(wanted.build().toString());
    }

    /** Without randomization the new program's memory lies where the old one's was. */
    @ParameterizedTest(name = "looked ahead after it: {0}")
    @ValueSource(booleans = {true, false})
    void anExecIsNewMemory(boolean ahead) throws Exception {
        String script =
                "exec 3<&0; setarch -R sh -c 'echo $$; read -r x; exec sh -c \"echo two; read -r x\"' <&3 & wait";
        Process parent = new ProcessBuilder("/bin/sh", "-c", script).start();
        try (DirtyTracker tracker = tracker();
                BufferedReader answers = parent.inputReader(StandardCharsets.US_ASCII);
                Writer orders = parent.outputWriter(StandardCharsets.US_ASCII)) {
            ProcessKey process =
                    ProcessKey.of(Integer.parseInt(answers.readLine())).orElseThrow();
            tracker.lookAhead(List.of(process));
            assertThat(unchanged(tracker, process).isEmpty()).isTrue();
            assertThat(unchanged(tracker, process).isEmpty()).isFalse();
            orders.write("go\n");
            orders.flush();
            assertThat(answers.readLine()).isEqualTo("two");
            if (ahead) {
                tracker.lookAhead(List.of(process));
            }
            assertThat(unchanged(tracker, process).isEmpty()).isTrue();
            tracker.lookAhead(List.of(process));
            unchanged(tracker, process);
            tracker.lookAhead(List.of(process));
            assertThat(unchanged(tracker, process).isEmpty()).isFalse();
        } finally {
            parent.destroy();
        }
    }

    /** Of a process that waits for input, which is as good as frozen. */
    private static PageRanges unchanged(DirtyTracker tracker, ProcessKey process) throws IOException {
        List<Entry> entries = Mappings.of(process.pid()).anonymous().stream()
                .map(m -> new Entry(m.start(), (m.end() - m.start()) / Entry.PAGE, Entry.LAZY, CountField.BOTH))
                .toList();
        try (ProcessMemory memory = ProcessMemory.of(process.pid());
                FileChannel nothing =
                        FileChannel.open(Path.of("/proc/" + process.pid() + "/mem"), StandardOpenOption.READ)) {
            PageMap map = new PageMap("1", 1, entries);
            return tracker.unchanged(new FrozenSpace("1", Optional.of(process), map, memory, nothing));
        }
    }
}
