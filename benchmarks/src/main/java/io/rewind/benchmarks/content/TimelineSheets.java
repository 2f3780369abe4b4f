package io.rewind.benchmarks.content;

import io.rewind.benchmarks.figure.Cell;
import io.rewind.benchmarks.figure.Sheet;
import io.rewind.benchmarks.figure.Spread;
import io.rewind.benchmarks.figure.Unit;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Encodes recorded timelines in every way, and keeps what came of it. */
final class TimelineSheets {
    /** The encoder's default. */
    static final int LEVEL = 3;

    private static final int[] LEVELS = {1, LEVEL, 6, 9};
    private static final int[] CHUNK_BLOCKS = {16, 64, 200, 1024};

    private final Sheet levels = new Sheet(
            "content-level",
            "service",
            "level",
            "full point, raw",
            "stored",
            "CPU",
            "delta point, raw",
            "stored",
            "CPU");
    private final Sheet cuts = new Sheet(
            "content-chunks",
            "service",
            "blocks a chunk",
            "dictionary",
            "full point, stored",
            "delta point, stored",
            "all points, stored",
            "CPU for all");

    Sheet levels() {
        return levels;
    }

    Sheet cuts() {
        return cuts;
    }

    void missing(String service, String reason) {
        levels.missing(service, reason);
        cuts.missing(service, "see above");
    }

    /** @param points the first of them full; the others are deltas, or else they are left out */
    void add(String service, List<RecordedPoint> points, Path folder) {
        List<RecordedPoint> timeline = new ArrayList<>(points.subList(0, 1));
        points.stream().skip(1).filter(point -> !point.isFull()).forEach(timeline::add);
        if (timeline.size() < 2) {
            missing(service, "no delta points");
            return;
        }
        // What the compiler has not seen yet is slow, and would be counted against the first level.
        List<EncodedPoint> plain = EncodedPoint.all(timeline, LEVEL, folder);
        for (int level : LEVELS) {
            addLevel(service, level, EncodedPoint.all(timeline, level, folder));
        }
        List<Opened> opened =
                plain.stream().map(point -> Opened.of(point.sent())).toList();
        byte[] dictionary = Dictionary.train(opened.getFirst().blocks());
        for (int blocks : CHUNK_BLOCKS) {
            addCut(service, blocks, new byte[0], opened);
            if (dictionary.length > 0) {
                addCut(service, blocks, dictionary, opened);
            }
        }
    }

    private void addLevel(String service, int level, List<EncodedPoint> points) {
        EncodedPoint full = points.getFirst();
        levels.row(
                Cell.words(service),
                Cell.count(level),
                Cell.bytes(full.point().header().getRawBytes()),
                Cell.bytes(full.bytes()),
                Cell.of(Spread.of((double) full.cpuNanos()), Unit.NANOS),
                deltas(points, Unit.BYTES, point -> point.point().header().getRawBytes()),
                deltas(points, Unit.BYTES, EncodedPoint::bytes),
                deltas(points, Unit.NANOS, EncodedPoint::cpuNanos));
    }

    private static <T> Cell deltas(List<T> points, Unit unit, ToLongFunction<T> figure) {
        return Cell.of(
                Spread.of(points.stream()
                        .skip(1)
                        .mapToLong(figure)
                        .mapToDouble(value -> (double) value)
                        .toArray()),
                unit);
    }

    private void addCut(String service, int blocks, byte[] dictionary, List<Opened> points) {
        List<Long> bytes = new ArrayList<>();
        long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try (Cut cut = new Cut(LEVEL, blocks, dictionary)) {
            points.forEach(point -> bytes.add(cut.bytes(point)));
        }
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began;
        long full = bytes.getFirst() + dictionary.length;
        long all = bytes.stream().mapToLong(Long::longValue).sum() + dictionary.length;
        cuts.row(
                Cell.words(service),
                Cell.count(blocks),
                dictionary.length > 0 ? Cell.bytes(dictionary.length) : Cell.words("none"),
                Cell.bytes(full),
                deltas(bytes, Unit.BYTES, Long::longValue),
                Cell.bytes(all),
                Cell.of(Spread.of((double) cpu), Unit.NANOS));
    }
}
