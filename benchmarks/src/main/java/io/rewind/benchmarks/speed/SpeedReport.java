package io.rewind.benchmarks.speed;

import io.rewind.benchmarks.figure.Cell;
import io.rewind.benchmarks.figure.Report;
import io.rewind.benchmarks.figure.Sheet;
import io.rewind.benchmarks.figure.Spread;
import io.rewind.benchmarks.figure.Unit;
import io.rewind.cli.output.Terminal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The speeds' page. Each method runs in a virtual machine of its own. */
public final class SpeedReport {
    /** Sizes are of the pages before encoding, whatever becomes of them. */
    private record Line(Class<?> home, String method, long bytes, String what) {
        String benchmark() {
            return home.getName() + "." + method;
        }
    }

    private static final Line SHA = new Line(BlockSpeed.class, "sha256", BlockSpeed.BYTES, "SHA-256 of each page");
    private static final Line ZSTD =
            new Line(BlockSpeed.class, "zstd", BlockSpeed.BYTES, "zstd, level 3, 200 pages together");
    private static final Line ENCODE =
            new Line(EncoderSpeed.class, "encodeFresh", EncoderSpeed.BYTES, "encoder, pages never seen");

    private static final List<Line> LINES = List.of(
            SHA,
            new Line(BlockSpeed.class, "blockDigest", BlockSpeed.BYTES, "digest of a space (XXH3-128 of each page)"),
            ZSTD,
            new Line(BlockSpeed.class, "seal", BlockSpeed.BYTES, "seal a chunk: id and zstd"),
            new Line(BlockSpeed.class, "open", BlockSpeed.BYTES, "open a chunk: zstd, id proved"),
            new Line(BlockSpeed.class, "patch", BlockSpeed.BYTES, "patch: find what differs"),
            new Line(BlockSpeed.class, "unpatch", BlockSpeed.BYTES, "patch: make the page again"),
            new Line(
                    BlockSpeed.class,
                    "unpatchLayers",
                    BlockSpeed.BYTES,
                    "patches: make the page again, 16 over one base"),
            ENCODE,
            new Line(
                    EncoderSpeed.class, "encodeTouched", EncoderSpeed.BYTES, "encoder, ten bytes of each page changed"),
            new Line(StoreSpeed.class, "ingest", StoreSpeed.BYTES, "store takes points, synced"),
            new Line(StoreSpeed.class, "read", StoreSpeed.BYTES, "store gives points, over loopback, proved"));

    private final boolean quick;
    private final Terminal terminal;

    public SpeedReport(boolean quick, Terminal terminal) {
        this.quick = quick;
        this.terminal = terminal;
    }

    public Report run() throws RunnerException {
        Map<String, Spread> speeds = new TreeMap<>();
        Sheet sheet = new Sheet("speed", "what, on one core", "a second");
        for (Line line : LINES) {
            terminal.progress(line.what());
            Spread speed = measure(line);
            speeds.put(line.benchmark(), speed);
            sheet.row(Cell.words(line.what()), Cell.of(speed, Unit.BYTES));
        }
        terminal.clear();
        Sheet ratio = new Sheet("speed-encoder", "encoder, pages never seen, beside", "its speed / theirs");
        double slower = Double.MAX_VALUE;
        for (Line reference : List.of(SHA, ZSTD)) {
            double median = median(speeds, reference);
            slower = Math.min(slower, median);
            ratio.row(Cell.words(reference.what()), Cell.ratio(median(speeds, ENCODE) / median));
        }
        ratio.row(Cell.words("the slower of the two; to reach: 70 %"), Cell.ratio(median(speeds, ENCODE) / slower));
        terminal.print(sheet.text() + "\n" + ratio.text());
        return new Report("speed", "How fast one core is")
                .text("""
                        The same 2,000 pages for each line (the store: eight times as many): records of words, addresses and
                        counts, which zstd shrinks to about a third. JMH, a virtual machine for each line; figures: median
                        (lowest … highest) of its iterations.""")
                .sheet("Speeds, in bytes of pages", sheet)
                .text("""
                        The encoder's way is decode the record, check its sum, look for the earlier version, hash, look for
                        the same content, copy, compress, keep for the next version.""")
                .sheet("The encoder beside what it cannot do without", ratio);
    }

    private static double median(Map<String, Spread> speeds, Line line) {
        return speeds.getOrDefault(line.benchmark(), Spread.of(Double.NaN)).median();
    }

    private Spread measure(Line line) throws RunnerException {
        Options options = new OptionsBuilder()
                .include(line.benchmark().replace(".", "\\.") + "$")
                .forks(1)
                .warmupIterations(quick ? 1 : 3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(quick ? 2 : 7)
                .measurementTime(TimeValue.seconds(quick ? 1 : 2))
                .jvmArgsAppend("-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.rewind.event,io.rewind.schemas")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        RunResult result = new Runner(options).runSingle();
        return Spread.of(result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> (double) line.bytes() * 1e9 / nanos(iteration))
                .toArray());
    }

    private static double nanos(IterationResult iteration) {
        return iteration.getPrimaryResult().getScore();
    }
}
