package io.rewind.benchmarks.peers;

import io.rewind.benchmarks.figure.Cell;
import io.rewind.benchmarks.figure.Plot;
import io.rewind.benchmarks.figure.Report;
import io.rewind.benchmarks.figure.Sheet;
import io.rewind.benchmarks.subject.RedisClient;
import io.rewind.cli.output.Amounts;
import io.rewind.cli.output.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The page of both trials. */
final class PeersReport {
    private static final double MEBI = 1 << 20;
    private static final String REFERENCE = "docker checkpoint";
    private static final String METHOD = """
            The same containers and the same instants for all: in each round every contender takes a point, one after the
            other, in an order that rotates. restic and borg keep the images that runc has just dumped: their time is that
            of the dump and of the backup, their stall that of the dump. Podman cannot take the engine's containers: it has
            its own of the same image, given the same writes. Where there were several runs, a figure is the median and,
            in brackets, the smallest and the largest.

            Rewind and Podman bring back memory *and* files; docker checkpoint, runc, restic and borg as used here bring
            back memory alone, and the container's files stay as they are at the restore. Images of runc lie in memory
            (tmpfs), everything else on one disk. restic and Rewind protect what they keep in their usual way, borg's
            repository is not encrypted. Points of docker checkpoint, runc and Podman are independent of each other, so
            each but the newest was deleted once its size was known: their first point is not restored.

            Restores stop the running container and count from the request. Of redis, until the service answers again and
            holds what it held at that point (checked each time); of the writing container, which has no clients, until
            the engine says that it runs.""";

    private final Trial redis;
    private final Trial writing;
    private final String writer;

    /** @param mebibytes of the writing subject */
    PeersReport(Trial redis, Trial writing, int mebibytes) {
        this.redis = redis;
        this.writing = writing;
        this.writer = mebibytes + " MiB";
    }

    Report page(Terminal terminal) {
        Sheet bytes = bytes();
        Sheet redisTimes = times("peers-redis", redis);
        Sheet writingTimes = times("peers-writing", writing);
        Sheet ratios = ratios();
        terminal.print(bytes.text() + "\n" + redisTimes.text() + "\n" + writingTimes.text() + "\n" + ratios.text());
        Report report = new Report("peers", "Rewind beside its peers")
                .text(METHOD)
                .sheet("Share of " + REFERENCE, ratios)
                .text("Every run against every run of " + REFERENCE + "; bytes after the last point that both reached.")
                .sheet("redis: bytes kept", bytes)
                .text(String.format(Locale.ROOT, "redis holds %,d", RedisClient.KEYS)
                        + " records of about 100 bytes, of one form and with random numbers; " + RedisTrial.SETS
                        + " random ones are set anew between points. Rewind's store folder on disk, indexes and logs"
                        + " included: "
                        + Amounts.bytes(redis.storeOnDisk()) + ". " + redis.account()
                        + " In the picture docker checkpoint and runc lie on one line.")
                .plot(plot())
                .sheet("redis: times", redisTimes)
                .sheet(writer + ", 1 % of the pages written every half second: times", writingTimes)
                .text("Backups are left out here: they stall nobody for longer than the dump does. "
                        + writing.account());
        failures().ifPresent(report::text);
        return report;
    }

    private Sheet bytes() {
        int last = redis.points();
        List<Integer> marks = marks(last);
        List<String> headings = new ArrayList<>(List.of("contender"));
        marks.forEach(mark -> headings.add(mark == 1 ? "1 point" : mark + " points"));
        headings.add("each point more");
        Sheet sheet = new Sheet("peers-bytes", headings.toArray(String[]::new));
        for (Track track : redis.tracks()) {
            Figures figures = new Figures(redis, track);
            List<Cell> row = new ArrayList<>(List.of(Cell.words(track.name())));
            marks.forEach(mark -> row.add(figures.bytesAt(mark)));
            row.add(figures.bytesEach());
            sheet.row(row.toArray(Cell[]::new));
        }
        return sheet;
    }

    /** Powers of ten, and the end. */
    static List<Integer> marks(int last) {
        return IntStream.concat(IntStream.iterate(1, n -> n <= last, n -> n * 10), IntStream.of(last))
                .filter(n -> n > 0)
                .distinct()
                .boxed()
                .toList();
    }

    static Sheet times(String name, Trial trial) {
        Sheet sheet = new Sheet(
                name,
                "contender",
                "longest stall, later points",
                "first point",
                "taking a later point",
                "first one",
                "restoring the newest",
                "restoring the first");
        for (Track track : trial.tracks()) {
            Figures figures = new Figures(trial, track);
            sheet.row(
                    Cell.words(track.name()),
                    figures.stall(false),
                    figures.stall(true),
                    figures.wall(false),
                    figures.wall(true),
                    figures.restore(false),
                    figures.restore(true));
        }
        return sheet;
    }

    private Sheet ratios() {
        Sheet sheet = new Sheet(
                "peers-ratios",
                "contender",
                "bytes, redis",
                "stall, redis",
                "taking, redis",
                "restore, redis",
                "stall, " + writer,
                "taking, " + writer,
                "restore, " + writer);
        Optional<Figures> reference = figures(redis, REFERENCE);
        Optional<Figures> large = figures(writing, REFERENCE);
        for (Track track : redis.tracks()) {
            List<Cell> row = new ArrayList<>(List.of(Cell.words(track.name())));
            row.add(reference.map(r -> byteRatio(track, r.track())).orElseGet(PeersReport::nothing));
            row.addAll(ratios(figures(redis, track.name()), reference));
            row.addAll(ratios(figures(writing, track.name()), large));
            sheet.row(row.toArray(Cell[]::new));
        }
        return sheet;
    }

    private static List<Cell> ratios(Optional<Figures> ours, Optional<Figures> theirs) {
        if (ours.isEmpty() || theirs.isEmpty()) {
            return List.of(nothing(), nothing(), nothing());
        }
        Figures a = ours.get();
        Figures b = theirs.get();
        return List.of(
                Figures.ratio(a.stalls(false), b.stalls(false)),
                Figures.ratio(a.walls(false), b.walls(false)),
                Figures.ratio(a.returns(false), b.returns(false)));
    }

    private static Cell byteRatio(Track track, Track reference) {
        int both = Math.min(track.last(), reference.last());
        return both == 0
                ? nothing()
                : Cell.ratio((double) track.bytesAt(both).orElseThrow()
                        / reference.bytesAt(both).orElseThrow());
    }

    private static Optional<Figures> figures(Trial trial, String contender) {
        return trial.tracks().stream()
                .filter(track -> track.name().equals(contender))
                .map(track -> new Figures(trial, track))
                .findFirst();
    }

    private static Cell nothing() {
        return Cell.missing("not measured");
    }

    private Plot plot() {
        Plot plot =
                new Plot("peers-bytes", "redis: bytes kept for all points", "points", "MiB").logarithmic(true, true);
        for (Track track : redis.tracks()) {
            List<Integer> taken = IntStream.rangeClosed(1, track.last())
                    .filter(n -> track.bytesAt(n).isPresent() && shown(n))
                    .boxed()
                    .toList();
            plot.line(
                    track.name(),
                    taken.stream().map(Integer::doubleValue).toList(),
                    taken.stream()
                            .map(n -> track.bytesAt(n).orElseThrow() / MEBI)
                            .toList());
        }
        return plot;
    }

    /** On a logarithmic axis, about as far from each other: 1, 2, 3, 5, 7, 10, 20, … */
    private static boolean shown(int point) {
        int digit = point;
        while (digit >= 10 && digit % 10 == 0) {
            digit /= 10;
        }
        return List.of(1, 2, 3, 5, 7).contains(digit);
    }

    private Optional<String> failures() {
        List<String> lines = new ArrayList<>();
        lines.addAll(failures("redis", redis));
        lines.addAll(failures(writer, writing));
        return lines.isEmpty() ? Optional.empty() : Optional.of("## What failed\n\n" + String.join("\n", lines));
    }

    static List<String> failures(String which, Trial trial) {
        List<String> lines = new ArrayList<>();
        for (Track track : trial.tracks()) {
            track.failure().ifPresent(why -> lines.add("- " + which + ", " + track.name() + " failed: " + why));
            track.noWayBack().ifPresent(why -> lines.add("- " + which + ", " + track.name() + " failed " + why));
        }
        trial.notes().forEach(note -> lines.add("- " + which + ": " + note));
        return lines;
    }
}
