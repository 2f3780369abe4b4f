package io.rewind.benchmarks.content;

import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.stand.BenchFault;
import io.rewind.benchmarks.subject.Load;
import io.rewind.benchmarks.subject.Subject;
import io.rewind.benchmarks.subject.Workload;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.stand.Cleanup;
import io.rewind.cli.stand.Pause;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Records services.
 *
 * @param deltas points of each, after the full one
 * @param siblings containers of one image
 */
public record ContentExperiment(int deltas, int siblings) {
    /** What was captured stays to be read. */
    public static final String SETTINGS = "rewind.node { keep-captures = true, broker-retention = 16 GiB }";

    private static final Duration BETWEEN = Duration.ofSeconds(2);
    private static final Duration LOADED = Duration.ofSeconds(1);

    /** A full point and deltas, between which the service is used for a second, or left alone for two. */
    List<RecordedPoint> timeline(Terminal terminal, Bench bench, Workload workload) {
        try (Cleanup cleanup = new Cleanup()) {
            Subject subject = Subject.start(workload, cleanup);
            String timeline = capture(bench, subject);
            for (int delta = 1; delta <= deltas; delta++) {
                terminal.progress(workload.name() + ": point " + delta + " of " + deltas, delta * 100 / deltas);
                use(subject);
                var _ = capture(bench, subject);
            }
            List<RecordedPoint> points =
                    RecordedPoint.split(CaptureTopic.read(bench.session().cluster(), Set.of(timeline))
                            .getOrDefault(timeline, List.of()));
            if (points.size() != deltas + 1 || !points.getFirst().isFull()) {
                throw new Fault(
                        BenchFault.NO_POINTS,
                        Severity.REJECTED,
                        "of " + workload.name() + " the topic has " + points.size() + " points, not a full one and "
                                + deltas + " more");
            }
            return points;
        }
    }

    private static void use(Subject subject) {
        Optional<Load> load = subject.workload().load();
        if (load.isPresent()) {
            var _ = load.get().run(subject.address(), LOADED);
        } else {
            Pause.of(BETWEEN);
        }
    }

    /** One full point of each of the siblings, which run one after the other; by partition, then by timeline. */
    Map<Integer, List<List<ConsumerRecord<byte[], byte[]>>>> siblings(
            Terminal terminal, Bench bench, Workload workload) {
        Set<String> timelines = new LinkedHashSet<>();
        for (int i = 1; i <= siblings; i++) {
            terminal.progress(workload.name() + ": container " + i + " of " + siblings, i * 100 / siblings);
            try (Cleanup cleanup = new Cleanup()) {
                timelines.add(capture(bench, Subject.start(workload, cleanup)));
            }
        }
        Map<Integer, List<List<ConsumerRecord<byte[], byte[]>>>> partitions = new TreeMap<>();
        CaptureTopic.read(bench.session().cluster(), timelines)
                .values()
                .forEach(records -> partitions
                        .computeIfAbsent(records.getFirst().partition(), _ -> new ArrayList<>())
                        .add(records));
        return partitions;
    }

    private static String capture(Bench bench, Subject subject) {
        return bench.capture(subject.name()).getHeader().getTimeline();
    }
}
