package io.rewind.restore.compare;

import static io.rewind.restore.fixture.Recipes.bytes;
import static io.rewind.restore.fixture.Recipes.filled;
import static io.rewind.restore.fixture.Recipes.meta;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.criu.OpenFile;
import io.rewind.event.FileType;
import io.rewind.restore.fixture.FakePoints;
import io.rewind.restore.look.Moment;
import io.rewind.restore.look.Processes;
import io.rewind.restore.look.Processes.Member;
import io.rewind.restore.look.Told;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final FakePoints points = new FakePoints();

    private List<String> files(Moment before, Moment after) {
        List<String> found = new ArrayList<>();
        FileComparison.of(
                before,
                after,
                d -> found.add(d.kind() + " " + d.entry().shown() + " " + d.bytesBefore() + " " + d.bytesAfter()));
        return found;
    }

    @Test
    void filesComeGoAndChange() {
        Moment before = Told.commit(
                points,
                Told.tree(points, "old")
                        .entry(bytes("gone"), meta(FileType.FILE), bytes("12345"))
                        .entry(bytes("mode"), meta(FileType.FILE), bytes("m"))
                        .entry(bytes("same"), meta(FileType.FILE), bytes("s"))
                        .entry(bytes("touched"), meta(FileType.FILE), bytes("t")),
                1);
        Moment after = Told.commit(
                points,
                Told.tree(points, "newer")
                        .entry(bytes("fbin"), meta(FileType.WHITEOUT), new byte[0])
                        .entry(bytes("fresh"), meta(FileType.FILE), bytes("fresh"))
                        .entry(bytes("mode"), meta(FileType.FILE).setMode(0600), bytes("m"))
                        .entry(bytes("same"), meta(FileType.FILE), bytes("s"))
                        .entry(bytes("touched"), meta(FileType.FILE).setMtimeNanos(1), bytes("t")),
                2);
        assertThat(files(before, after))
                .containsExactly(
                        "CHANGED /etc/passwd 3 5",
                        "REMOVED /fbin 0 0",
                        "ADDED /fresh 0 5",
                        "REMOVED /gone 5 0",
                        "DESCRIBED /mode 1 1",
                        "TOUCHED /touched 1 1");
        assertThat(files(after, after)).isEmpty();
    }

    @Test
    void whatAStreamThrowsIsThrown() {
        Moment good = Told.commit(points, Told.tree(points, "a"), 1);
        Moment hostile =
                Told.commit(points, Told.tree(points, "a").entry(bytes("../x"), meta(FileType.FILE), new byte[0]), 2);
        assertThatThrownBy(() -> files(good, hostile)).hasMessageContaining("names no entry");
    }

    /** Pages from number 100 on, each filled with a number; -1: not there. */
    private Moment memory(int at, int... fills) {
        TreeMap<Long, byte[]> pages = new TreeMap<>();
        for (int i = 0; i < fills.length; i++) {
            if (fills[i] >= 0) {
                pages.put(100L + i, filled(fills[i]));
            }
        }
        return Told.commit(points, points.draft().memory("1", pages), at);
    }

    private List<MemoryDifference> memory(Moment before, Moment after) {
        Processes none = new Processes(List.of(), Map.of(), new OpenFile.Table());
        return MemoryComparison.of(points, before, none, after, none, folder);
    }

    @Test
    void pagesAreComparedByContentWhereverTheyAreStored() {
        Moment before = memory(1, 1, 2, 0, 4, -1, 6, 0);
        points.patched(2);
        Moment after = memory(2, 1, 9, 3, 0, 5, -1, 0);
        assertThat(memory(before, after)).containsExactly(new MemoryDifference("1", "[unknown]", 1, 3, 1));
        assertThat(memory(after, after)).isEmpty();
    }

    private static Member process(int pid, String command, Map<Integer, String> open) {
        return new Member(pid, 1, 1, 0, command, command, false, open);
    }

    private static Processes processes(Member... all) {
        return new Processes(List.of(all), Map.of(), new OpenFile.Table());
    }

    @Test
    void processesAndOpenFilesComeAndGo() {
        Processes before = processes(
                process(1, "init", Map.of(3, "/log", 4, "/old")),
                process(7, "sh", Map.of()),
                process(8, "a", Map.of()));
        Processes after = processes(
                process(1, "init", Map.of(3, "/log", 4, "/new")), process(8, "b", Map.of()), process(9, "c", Map.of()));

        ProcessComparison found = ProcessComparison.of(before, after);

        assertThat(found.came()).extracting(Member::command).containsExactly("b", "c");
        assertThat(found.went()).extracting(Member::command).containsExactly("sh", "a");
        assertThat(found.opened()).containsExactly(new ProcessComparison.Descriptor(1, 4, "/new"));
        assertThat(found.closed()).containsExactly(new ProcessComparison.Descriptor(1, 4, "/old"));
    }
}
