package io.rewind.restore.late;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.criu.CountField;
import io.rewind.criu.Entry;
import io.rewind.criu.PageMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateStartTest {
    private static final int LAZY = Entry.LAZY | Entry.PRESENT;

    @TempDir
    Path images;

    private void map(String space, List<Entry> entries) {
        new PageMap(space, Long.parseLong(space), entries).writeInto(images);
    }

    private static Entry entry(long page, long pages, int flags) {
        return new Entry(page * Entry.PAGE, pages, flags, CountField.WIDE);
    }

    private boolean suits(long from) {
        return new LateStart(() -> true, from).suits(images);
    }

    @Test
    void onlyWhatMayComeLateCountsOfAllProcesses() {
        map("1", List.of(entry(1, 10, LAZY), entry(20, 100, Entry.PRESENT)));
        map("2", List.of(entry(1, 3, LAZY)));

        assertThat(suits(13 * Entry.PAGE)).isTrue();
        assertThat(suits(13 * Entry.PAGE + 1)).isFalse();
        assertThat(new LateStart(() -> false, 0).suits(images)).isFalse();
    }

    @Test
    void memoryThatProcessesMayShareComesAtOnce() {
        map("1", List.of(entry(1, 9, LAZY)));
        map("2", List.of(entry(1, 3, LAZY)));
        assertThat(suits(0)).isTrue();
        map("3", List.of(entry(1, 1, LAZY)));
        assertThat(suits(0)).isFalse();
    }

    @Test
    void withoutLateMemoryThereIsNothingToWaitFor() {
        map("1", List.of(entry(1, 10, Entry.PRESENT)));

        assertThat(suits(0)).isFalse();
    }

    @Test
    void memoryInTooManyPiecesComesAtOnce() {
        List<Entry> pieces = new ArrayList<>();
        for (int i = 0; i <= 1 << 15; i++) {
            pieces.add(entry(2L * i, 1, LAZY));
        }
        map("1", pieces);
        assertThat(suits(0)).isFalse();
        map("1", pieces.subList(0, 1 << 15));
        assertThat(suits(0)).isTrue();
    }
}
