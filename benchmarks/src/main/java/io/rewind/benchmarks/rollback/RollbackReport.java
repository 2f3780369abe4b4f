package io.rewind.benchmarks.rollback;

import io.rewind.benchmarks.figure.Cell;
import io.rewind.benchmarks.figure.Plot;
import io.rewind.benchmarks.figure.Report;
import io.rewind.benchmarks.figure.Sheet;
import io.rewind.benchmarks.stand.PointLog;
import io.rewind.benchmarks.subject.RedisClient;
import io.rewind.cli.output.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The page of it. */
public final class RollbackReport {
    private static final Rollback FULL =
            new Rollback(Duration.ofSeconds(20), Duration.ofSeconds(6), Duration.ofSeconds(20));
    private static final Rollback QUICK =
            new Rollback(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(5));

    private RollbackReport() {}

    public static Report run(boolean quick, Terminal terminal) {
        Story story = (quick ? QUICK : FULL).run(terminal);
        Sheet sheet = new Sheet("rollback", "what", "figure");
        sheet.row(Cell.words("keys before"), Cell.count(story.keys().getFirst().keys()));
        sheet.row(
                Cell.words("keys afterwards"), Cell.count(story.keys().getLast().keys()));
        sheet.row(Cell.words("points"), Cell.count(story.points().size()));
        sheet.row(
                Cell.words("from the request to running"),
                Cell.time(Duration.ofMillis(story.running().getRequestMillis())));
        sheet.row(
                Cell.words("of it without a process"),
                Cell.time(Duration.ofMillis(story.running().getRunningMillis())));
        terminal.clear();
        terminal.print(sheet.text());
        return new Report("rollback", "A redis is emptied, and goes back")
                .text(("A redis with %,d keys, of which %,d are written again each second, captured every second. After"
                                + " %.0f s somebody sends FLUSHALL; at %.0f s it is asked to go back to the last point before that.")
                        .formatted(
                                RedisClient.KEYS,
                                Rollback.SETS,
                                story.seconds(story.emptied()),
                                story.seconds(story.asked())))
                .plot(new Plot("rollback-keys", "A redis is emptied, and goes back", "seconds", "keys")
                        .line(
                                "keys, asked from outside",
                                story.keys().stream()
                                        .map(count -> story.seconds(count.at()))
                                        .toList(),
                                story.keys().stream()
                                        .map(count -> (double) count.keys())
                                        .toList()))
                .sheet("Figures", sheet)
                .plot(points(
                        story,
                        "rollback-stored",
                        "What each point takes in the store",
                        "KiB",
                        point -> point.point().getStoredBytes() / 1024.0))
                .plot(points(
                        story,
                        "rollback-freeze",
                        "How long each point freezes it",
                        "milliseconds",
                        point -> point.point().getHeader().getFrozenNanos() / 1e6));
    }

    private static Plot points(
            Story story, String name, String title, String unit, ToDoubleFunction<PointLog.Seen> figure) {
        List<Double> at = story.points().stream()
                .map(seen -> story.seconds(seen.point().getHeader().getCaptured()))
                .toList();
        return new Plot(name, title, "seconds", unit)
                .line(
                        "points",
                        at,
                        story.points().stream().map(figure::applyAsDouble).toList());
    }
}
