package io.rewind.benchmarks.timeline;

import io.rewind.benchmarks.figure.Spread;
import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.subject.Subject;
import io.rewind.cli.client.Look;
import io.rewind.cli.client.Maintenance;
import io.rewind.cli.client.PointChoice;
import io.rewind.cli.client.Points;
import io.rewind.cli.stand.Pause;
import io.rewind.event.RestoreProgress;
import io.rewind.restore.export.Export;
import io.rewind.restore.look.Moment;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.id.PointId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Points of one container, brought back by their place in the timeline. One thread. */
final class Places {
    /** Upkeep looks every second, and what is let go is not held. */
    static final String SETTINGS = "rewind.store.upkeep { interval = 1s, grace = 1s }";

    private static final Duration COLLECTED = Duration.ofSeconds(20);

    private final Bench bench;
    private final Subject subject;
    private final ContainerName container;
    private final List<String> points = new ArrayList<>();

    Places(Bench bench, Subject subject) {
        this.bench = bench;
        this.subject = subject;
        this.container = new ContainerName(subject.name());
    }

    void take(int count) {
        while (points.size() < count) {
            points.add(bench.capture(subject.name()).getHeader().getPoint());
        }
    }

    /**
     * Lets every other point go, the first and the last never, and waits for the collection.
     *
     * @return how many are left of all that were taken
     */
    int thin() {
        Maintenance maintenance = new Maintenance(bench.session());
        for (int i = 0; i < points.size(); i++) {
            if (i % 2 == 0 || i == points.size() - 1) {
                maintenance.pin(container, new PointId(points.get(i)), true);
            }
        }
        maintenance.prune(container, Optional.of("all for 1s"), false, false);
        Pause.of(COLLECTED);
        Set<String> left = new Points(bench.session())
                .of(container).stream()
                        .map(point -> point.getHeader().getPoint())
                        .collect(Collectors.toSet());
        return (int) points.stream().filter(left::contains).count();
    }

    /** Nanoseconds from asking until all of a point is rebuilt and proved in a folder, by place; in turns. */
    List<Spread> exported(int rounds, int... places) {
        return timed(rounds, places, this::export);
    }

    /** Likewise until the container runs as it was then, with all of its memory. */
    List<Spread> restored(int rounds, int... places) {
        return timed(rounds, places, point -> {
            RestoreProgress end = bench.restoreWhole(subject.name(), point, news -> {});
            return Bench.untilWhole(end).toNanos();
        });
    }

    private interface Bringing {
        /** @return nanoseconds */
        long bring(String point);
    }

    private List<Spread> timed(int rounds, int[] places, Bringing bringing) {
        List<List<Long>> times = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            times.add(new ArrayList<>());
        }
        // The first round warms.
        for (int round = 0; round <= rounds; round++) {
            for (int i = 0; i < places.length; i++) {
                long took = bringing.bring(points.get(places[i]));
                if (round > 0) {
                    times.get(i).add(took);
                }
            }
        }
        return times.stream().map(Spread::of).toList();
    }

    private long export(String point) {
        Path folder = bench.folder().resolve("export");
        try (Look look = new Look(bench.session())) {
            Moment moment = look.moment(container, PointChoice.byId(point));
            long began = System.nanoTime();
            Export.into(look.source(), moment, folder, percent -> {});
            long took = System.nanoTime() - began;
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
            return took;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
