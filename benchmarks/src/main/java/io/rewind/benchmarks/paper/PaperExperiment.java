package io.rewind.benchmarks.paper;

import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.subject.Subject;
import io.rewind.benchmarks.subject.Workload;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.stand.Pause;
import io.rewind.event.PointCommitted;
import io.rewind.schemas.client.StoreDirectory;
import io.rewind.schemas.client.TimelineClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The experiment of S.-H. Choi and K.-W. Park, "Timeline-Based Container Restore via a Computationally Efficient
 * Snapshot", ICNGC 2020: one container, snapshots at an interval, their sizes added up.
 *
 * @param points how many snapshots; the paper's 100
 * @param interval between them; the paper's 5 s
 */
public record PaperExperiment(int points, Duration interval) {
    private static final Duration STORE_ANNOUNCED = Duration.ofSeconds(10);

    /** On a node of its own, so that its store's disk holds nothing else. */
    Accumulation run(Terminal terminal, Workload workload) {
        try (Bench bench = Bench.open(terminal, "")) {
            Subject subject = Subject.start(workload, bench.cleanup());
            workload.load().ifPresent(load -> load.start(subject.address(), bench.cleanup()));
            Instant began = Instant.now();
            List<PointCommitted> taken = new ArrayList<>();
            for (int i = 0; i < points; i++) {
                Duration early = Duration.between(Instant.now(), began.plus(interval.multipliedBy(i)));
                if (early.isPositive()) {
                    Pause.of(early);
                }
                taken.add(bench.capture(subject.name()));
                terminal.progress(
                        workload.name() + ": point " + taken.size() + " of " + points, taken.size() * 100 / points);
            }
            subject.remove();
            Duration took = Duration.between(
                    taken.getFirst().getHeader().getCaptured(),
                    taken.getLast().getHeader().getCaptured());
            return new Accumulation(workload.name(), sums(bench, taken), bench.storedOnDisk(), took);
        }
    }

    private static List<Snapshot> sums(Bench bench, List<PointCommitted> taken) {
        try (StoreDirectory directory = new StoreDirectory(bench.session().cluster());
                TimelineClient client = new TimelineClient(directory.endpoints(STORE_ANNOUNCED))) {
            List<Snapshot> sums = new ArrayList<>();
            Snapshot sum = new Snapshot(0, 0, 0);
            for (PointCommitted point : taken) {
                sum = sum.plus(Snapshot.of(client, point));
                sums.add(sum);
            }
            return sums;
        }
    }
}
