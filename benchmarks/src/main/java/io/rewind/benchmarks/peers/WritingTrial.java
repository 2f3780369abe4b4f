package io.rewind.benchmarks.peers;

import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.stand.BenchFault;
import io.rewind.benchmarks.subject.Beat;
import io.rewind.benchmarks.subject.Workloads;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.stand.Pause;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A large memory, some of it written all the time: how long a container notices that a point is taken.
 *
 * @param points of each contender, the first included
 * @param dockerPoints of the slowest
 */
record WritingTrial(int mebibytes, int points, int dockerPoints) implements Returns.Proof {
    static final double SHARE = 0.01;
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final Duration BEATING = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofMillis(200);

    Trial run(Terminal terminal) {
        List<String> notes = new ArrayList<>();
        try (Bench bench = Bench.open(terminal, "")) {
            Field field = Field.open(bench, Workloads.writing(mebibytes, SHARE), false);
            field.guests().forEach(guest -> awaitBeat(guest, Instant.EPOCH));
            field.guests().forEach(Guest::rest);
            for (int point = 1; point <= points; point++) {
                for (Track track : field.rounds().order(point)) {
                    boolean tooSlow = track.contender()
                                    .filter(DockerCheckpoint.class::isInstance)
                                    .isPresent()
                            && point > dockerPoints;
                    if (!tooSlow) {
                        terminal.progress(
                                mebibytes + " MiB, point " + point + ": " + track.name(), point * 100 / points);
                        Pause.of(BETWEEN);
                        field.rounds().take(track, point);
                    }
                }
            }
            field.keepStalls();
            Trial trial = field.result(notes);
            terminal.progress(mebibytes + " MiB: bringing points back");
            new Returns(field.rounds(), this, notes).run(1);
            return trial;
        }
    }

    private static void awaitBeat(Guest guest, Instant after) {
        long end = System.nanoTime() + BEATING.toNanos();
        while (Beat.parse(guest.log()).stream().noneMatch(beat -> beat.at().isAfter(after))) {
            if (System.nanoTime() > end) {
                throw new Fault(BenchFault.SUBJECT_SILENT, Severity.REJECTED, "the probe says nothing");
            }
            Pause.of(GLANCE);
        }
    }

    @Override
    public void spoil(Guest guest) {}

    /** It has no clients: that it runs is what is awaited, and the restore has returned. */
    @Override
    public void awaitService(Guest guest, Instant request) {}

    @Override
    public String wrongAt(Guest guest, int point, Instant request) {
        awaitBeat(guest, Instant.now());
        return "";
    }

    @Override
    public void revive(Guest guest) {
        guest.revive();
        awaitBeat(guest, Instant.now());
    }
}
