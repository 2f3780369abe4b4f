package io.rewind.benchmarks.scale;

import io.rewind.benchmarks.figure.Cell;
import io.rewind.benchmarks.figure.Plot;
import io.rewind.benchmarks.figure.Sheet;
import io.rewind.benchmarks.figure.Spread;
import io.rewind.benchmarks.figure.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An axis measured: its sheet, its pictures, and what is to be said about its lines. */
final class AxisRun {
    private static final String PREFIX = "scale-";
    /** From here on an axis is logarithmic. */
    private static final double WIDE = 30;

    /** Counts up to here are shown one by one. */
    private static final double FEW = 5;

    private final Profile profile;
    private final TreeMap<Double, Figures> measured = new TreeMap<>();

    AxisRun(Profile profile) {
        this.profile = profile;
    }

    void add(double value, Figures figures) {
        measured.put(value, figures);
    }

    Sheet sheet() {
        Sheet sheet = new Sheet(
                PREFIX + profile.name(),
                Stream.concat(Stream.of(profile.varied()), profile.headings().stream())
                        .toArray(String[]::new));
        measured.forEach((value, figures) -> sheet.row(Stream.concat(
                        Stream.of(Cell.of(Spread.of(value), profile.unit())),
                        profile.headings().stream().map(figures::cell))
                .toArray(Cell[]::new)));
        return sheet;
    }

    List<Plot> plots() {
        return profile.pictures().stream().map(this::plot).toList();
    }

    private Plot plot(Picture picture) {
        Amount across = Amount.of(profile.unit());
        List<Double> all = picture.headings().stream()
                .flatMap(heading -> line(heading).stream())
                .map(at -> at.y().median())
                .filter(y -> y > 0)
                .toList();
        Plot plot = new Plot(
                        PREFIX + profile.name() + "-" + picture.suffix(),
                        picture.title(),
                        across.title(profile.varied()),
                        picture.amount().title(picture.what()))
                .logarithmic(isWide(List.copyOf(measured.keySet())), isWide(all));
        if (profile.unit() == Unit.COUNT && !measured.isEmpty() && measured.lastKey() <= FEW) {
            plot.wholeSteps();
        }
        for (String heading : picture.headings()) {
            List<Bends.At> line = line(heading).stream()
                    .filter(at -> at.y().median() > 0 || !isWide(all))
                    .toList();
            plot.line(
                    heading,
                    line.stream().map(at -> across.scaled(at.x())).toList(),
                    line.stream()
                            .map(at -> picture.amount().scaled(at.y().median()))
                            .toList());
        }
        return plot;
    }

    private static boolean isWide(List<Double> values) {
        return !values.isEmpty()
                && values.stream().max(Double::compare).orElse(0.0)
                        >= WIDE * values.stream().min(Double::compare).orElse(0.0);
    }

    /** What was measured under a heading, by growing size. */
    private List<Bends.At> line(String heading) {
        List<Bends.At> line = new ArrayList<>();
        measured.forEach((value, figures) -> {
            Optional<Spread> spread = figures.spread(heading);
            spread.ifPresent(y -> line.add(new Bends.At(value, y)));
        });
        return line;
    }

    /** Where a line that is drawn bends: a sentence each. */
    List<String> bends() {
        return profile.pictures().stream()
                .flatMap(picture -> picture.headings().stream())
                .distinct()
                .flatMap(heading -> Bends.of(line(heading)).stream()
                        .map(bend -> "*" + heading + "* at " + profile.unit().text(bend.x()) + ": " + bend.text()))
                .toList();
    }

    /** What happened on the way: a sentence each. */
    List<String> remarks() {
        return measured.entrySet().stream()
                .flatMap(entry -> entry.getValue().remarks().stream()
                        .map(remark -> profile.unit().text(entry.getKey()) + ": " + remark))
                .toList();
    }
}
