package io.rewind.benchmarks.scale;

import static io.rewind.benchmarks.scale.PointFigures.CPU;
import static io.rewind.benchmarks.scale.PointFigures.DELTA;
import static io.rewind.benchmarks.scale.PointFigures.FREEZE;
import static io.rewind.benchmarks.scale.PointFigures.FULL;
import static io.rewind.benchmarks.scale.PointFigures.FULL_FREEZE;
import static io.rewind.benchmarks.scale.PointFigures.RESTORABLE;
import static io.rewind.benchmarks.scale.PointFigures.STALL;

import io.rewind.benchmarks.figure.Unit;
import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.subject.Subject;
import io.rewind.benchmarks.subject.Workloads;
import io.rewind.cli.stand.Program;
import java.util.List;

/** How many files a container has made. */
final class FilesAxis implements Axis {
    private static final int CHANGED = 50;
    private static final String AHEAD = "request to freeze";
    /** Files of 100 bytes, a thousand to a folder. */
    private static final String MAKE = """
            mkdir '/data/files'; for my $i (0 .. $ARGV[0] - 1) { my $d = '/data/files/' . int($i / 1000);
            mkdir $d if $i % 1000 == 0; open(my $f, '>', "$d/$i") or die; print $f pack('N', $i) x 25; close $f; }""";
    /** Other content for as many as are asked for, spread over all. */
    private static final String CHANGE = """
            for my $k (0 .. $ARGV[1] - 1) { my $i = int($k * $ARGV[0] / $ARGV[1]);
            open(my $f, '>', '/data/files/' . int($i / 1000) . "/$i") or die;
            print $f pack('N', rand(4294967295)) x 25; close $f; }""";

    @Override
    public Profile profile() {
        return new Profile(
                "files",
                "Files in the upper directory",
                "files",
                Unit.COUNT,
                """
                        One container that does nothing, with files of 100 bytes that it has made; 50 of them get other content
                        before each delta. The upper directory is walked before the freeze (*request to freeze* is this walk
                        and the asking, by message), and once more inside it, to see what changed meanwhile; only what is different is stored.""",
                List.of(FULL, FULL_FREEZE, AHEAD, FREEZE, STALL, DELTA, CPU, RESTORABLE),
                List.of(
                        new Picture(
                                "time",
                                "Time and CPU by number of files",
                                "time",
                                Amount.MILLIS,
                                List.of(AHEAD, FREEZE, STALL, RESTORABLE, CPU)),
                        new Picture(
                                "bytes",
                                "Bytes stored by number of files",
                                "bytes stored",
                                Amount.KIB,
                                List.of(FULL, DELTA))));
    }

    @Override
    public List<Double> values(boolean quick) {
        return quick ? List.of(100.0, 1_000.0, 10_000.0) : List.of(100.0, 1_000.0, 10_000.0, 100_000.0);
    }

    @Override
    public void measure(double value, Trial trial, Figures figures) {
        String files = Long.toString((long) value);
        try (Bench bench = trial.open("")) {
            trial.warm(bench);
            Subject subject = Subject.start(Workloads.writing(0, 0), bench.cleanup());
            inside(subject, MAKE, files);
            Shots shots = new Shots(bench, subject, figures);
            List<Shot> deltas = new PointFigures(figures)
                    .take(
                            shots,
                            subject,
                            trial.points(),
                            () -> inside(subject, CHANGE, files, Integer.toString(CHANGED)));
            figures.times(AHEAD, deltas.stream().map(Shot::ahead).toList());
        }
    }

    private static void inside(Subject subject, String script, String... arguments) {
        String[] words = {"docker", "exec", subject.name(), "perl", "-e", script};
        Program.run(java.util.stream.Stream.concat(java.util.Arrays.stream(words), java.util.Arrays.stream(arguments))
                .toArray(String[]::new));
    }
}
