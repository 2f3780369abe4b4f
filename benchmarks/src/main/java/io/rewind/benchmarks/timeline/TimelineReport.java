package io.rewind.benchmarks.timeline;

import io.rewind.benchmarks.figure.Cell;
import io.rewind.benchmarks.figure.Report;
import io.rewind.benchmarks.figure.Sheet;
import io.rewind.benchmarks.figure.Spread;
import io.rewind.benchmarks.figure.Unit;
import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.subject.Subject;
import io.rewind.benchmarks.subject.Workloads;
import io.rewind.cli.output.Terminal;
import java.io.IOException;
import java.util.List;

/** The page of what a point costs by itself. */
public final class TimelineReport {
    private static final double SHARE = 0.01;
    private static final int MEBIBYTES = 64;

    private final boolean quick;
    private final Terminal terminal;
    private final Report report = new Report("timeline", "What a point costs, wherever it stands");

    public TimelineReport(boolean quick, Terminal terminal) {
        this.quick = quick;
        this.terminal = terminal;
    }

    public Report run() throws IOException {
        maps();
        places();
        return report;
    }

    private void maps() throws IOException {
        int mebibytes = quick ? 64 : 1024;
        Sheet sheet = new Sheet(
                "timeline-maps",
                "changed in each page",
                "first point",
                "each further point",
                "of it, map",
                "map, of the point",
                "map, a changed page");
        int pages = mebibytes << 8;
        for (int changed : List.of(8, 64, 512, 4096)) {
            terminal.progress("maps, " + changed + " bytes a page");
            MapShare cost = MapShare.of(pages, SHARE, changed, 100);
            sheet.row(
                    Cell.words(changed + " bytes"),
                    Cell.bytes(cost.full()),
                    Cell.bytes(cost.each()),
                    Cell.bytes(cost.map()),
                    Cell.ratio(cost.share()),
                    Cell.of(Spread.of(cost.map() / (pages * SHARE)), Unit.BYTES));
        }
        terminal.clear();
        terminal.print(sheet.text());
        report.sheet("What the map takes", sheet).text("""
            A space of %d MiB of records, words and counts, of which 1 %% of the pages, picked at random, change from point
            to point: so many bytes in one place of each become noise. A hundred points after the first, through the
            encoder and the store as they are, without a container; averages of the hundred, what merging layers of maps
            writes anew included. These bytes are counted, not timed: they are the same on every machine.""".formatted(mebibytes));
    }

    private void places() {
        int points = quick ? 20 : 100;
        int[] places = {0, points / 2, points - 1};
        int rounds = quick ? 2 : 5;
        Sheet sheet = new Sheet(
                "timeline-places",
                "brought back",
                "1st point",
                (places[1] + 1) + "th",
                points + "th",
                points + "th / 1st",
                "store on disk");
        try (Bench bench = Bench.open(terminal, Places.SETTINGS)) {
            Subject subject = Subject.start(Workloads.writing(MEBIBYTES, SHARE), bench.cleanup());
            Places taken = new Places(bench, subject);
            terminal.progress("taking " + points + " points");
            taken.take(points);
            measure(bench, sheet, taken, "all there", rounds, places);
            int left = taken.thin();
            measure(bench, sheet, taken, left + " left", rounds, places);
        }
        terminal.clear();
        terminal.print(sheet.text());
        report.sheet("Bringing back, by place in the timeline", sheet).text("""
            A container of %d MiB that writes to 1 %% of its pages every half second; %d points. *Into a folder*: all of a
            point rebuilt and proved (`rewind restore --export`); *in place*: from the request until the container runs
            with all of its memory, the capture of its present included. Places take turns; after a round that does not
            count, %d that do: median (lowest … highest). Then every other point is deleted and collected, and the same
            is done again.""".formatted(MEBIBYTES, points, rounds));
    }

    private void measure(Bench bench, Sheet sheet, Places taken, String state, int rounds, int... places) {
        terminal.progress(state + ": into a folder");
        row(bench, sheet, state + ", into a folder", taken.exported(rounds, places));
        terminal.progress(state + ": in place");
        row(bench, sheet, state + ", in place", taken.restored(rounds, places));
    }

    private static void row(Bench bench, Sheet sheet, String what, List<Spread> times) {
        Spread first = times.get(0);
        Spread last = times.get(2);
        sheet.row(
                Cell.words(what),
                Cell.of(first, Unit.NANOS),
                Cell.of(times.get(1), Unit.NANOS),
                Cell.of(last, Unit.NANOS),
                Cell.ratio(last.median() / first.median()),
                Cell.bytes(bench.storedOnDisk()));
    }
}
