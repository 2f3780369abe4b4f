package io.rewind.benchmarks.scale;

import io.rewind.benchmarks.figure.Cell;
import io.rewind.benchmarks.figure.Spread;
import io.rewind.benchmarks.figure.Unit;
import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.stand.PointLog;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointKind;
import io.rewind.schemas.client.StoreDirectory;
import io.rewind.schemas.client.TimelineClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** How many points a timeline has; the store alone. */
final class TimelineAxis implements Axis {
    private static final int PAGES = 64 << 8;
    private static final int WARM = 100;
    private static final int TIMED = 500;
    private static final int READS = 5;
    private static final Duration STORE_ANNOUNCED = Duration.ofSeconds(10);
    private static final String INGEST = "points taken in, per second";
    private static final String STORED = "stored a delta point";
    private static final String DISK = "store on disk";
    private static final String DISK_EACH = "on disk a point";
    private static final String LIST = "list the points";
    private static final String NEWEST = "read the newest point's map";
    private static final String FIRST = "read the first point's map";

    @Override
    public Profile profile() {
        return new Profile(
                "timeline",
                "Length of the timeline",
                "points",
                Unit.COUNT,
                """
                        The store of a real node, fed through its broker with synthetic records: a space of 64 MiB, 1 % of
                        whose pages, picked at random, changes from point to point; 256 bytes of each page are noise. The rate
                        is that of the last 500 points (or of all, where there are fewer), sent at once, from the first record
                        to the last point announced; of very few points it is mostly the broker's delay, of one point a full one's. Each point has a
                        map of its own that shares what did not change with the one before. Single pages picked at random
                        are the worst that can happen to a map: with every point it falls into more pieces, until each page
                        is one; from then on it grows no more. Listing names every point. *On disk a point* includes the
                        first point, which is full.""",
                List.of(INGEST, STORED, DISK, DISK_EACH, LIST, NEWEST, FIRST),
                List.of(
                        new Picture(
                                "ingest",
                                "Points taken in by length of the timeline",
                                "points",
                                Amount.PER_SECOND,
                                List.of(INGEST)),
                        new Picture(
                                "read",
                                "Reading by length of the timeline",
                                "time",
                                Amount.MILLIS,
                                List.of(LIST, NEWEST, FIRST)),
                        new Picture(
                                "bytes",
                                "Bytes a point by length of the timeline",
                                "bytes a point",
                                Amount.KIB,
                                List.of(STORED, DISK_EACH))));
    }

    @Override
    public List<Double> values(boolean quick) {
        return quick ? List.of(1.0, 10.0, 100.0) : List.of(1.0, 10.0, 100.0, 1_000.0, 10_000.0);
    }

    @Override
    public void measure(double value, Trial trial, Figures figures) {
        int length = (int) value;
        int timed = Math.min(length, TIMED);
        Instant begin = Instant.now().minusSeconds(length).truncatedTo(ChronoUnit.MILLIS);
        try (Bench bench = trial.open("");
                SyntheticFeed feed = new SyntheticFeed(bench)) {
            // Another timeline warms the node's code up.
            feed.fill(new SyntheticTimeline(1, begin, PAGES), WARM);
            long before = bench.storedOnDisk();
            SyntheticTimeline timeline = new SyntheticTimeline(2, begin, PAGES);
            feed.fill(timeline, length - timed);
            SyntheticFeed.Batch batch = feed.timed(timeline, timed);
            long disk = bench.storedOnDisk() - before;
            figures.put(INGEST, Cell.of(Spread.of(batch.perSecond()), Unit.PER_SECOND));
            figures.bytes(
                    STORED,
                    batch.points().stream()
                            .map(PointLog.Seen::point)
                            .filter(point -> point.getHeader().getKind() == PointKind.DELTA)
                            .map(PointCommitted::getStoredBytes)
                            .toList());
            figures.put(DISK, Cell.bytes(disk));
            figures.put(DISK_EACH, Cell.bytes(disk / length));
            read(bench, timeline.id(), figures);
        }
    }

    private static void read(Bench bench, String timeline, Figures figures) {
        try (StoreDirectory directory = new StoreDirectory(bench.session().cluster());
                TimelineClient client = new TimelineClient(directory.endpoints(STORE_ANNOUNCED))) {
            List<String> points = client.points(timeline).stream()
                    .map(point -> point.getHeader().getPoint())
                    .toList();
            figures.times(LIST, times(() -> client.points(timeline)));
            figures.times(NEWEST, times(() -> readMap(client, timeline, points.getLast())));
            figures.times(FIRST, times(() -> readMap(client, timeline, points.getFirst())));
        }
    }

    private static void readMap(TimelineClient client, String timeline, String point) {
        client.point(timeline, point).streams(part -> {});
    }

    /** Of several runs, after one that does not count. */
    private static List<Duration> times(Runnable reading) {
        reading.run();
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < READS; i++) {
            long began = System.nanoTime();
            reading.run();
            times.add(Duration.ofNanos(System.nanoTime() - began));
        }
        return times;
    }
}
