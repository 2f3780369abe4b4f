package io.rewind.benchmarks.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The encoder on one core, from records of the capture topic to records of the chunks topic. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncoderSpeed {
    static final long BYTES = BlockSpeed.BYTES;

    /** A point, and one of the same pages touched. */
    private record Points(
            Path folder, List<ConsumerRecord<byte[], byte[]>> first, List<ConsumerRecord<byte[], byte[]>> second) {
        static Points make() throws IOException {
            byte[] pages = Material.pages(1, BlockSpeed.PAGES);
            Capture capture = new Capture();
            return new Points(
                    Files.createTempDirectory("rewind-bench-mirror-"),
                    List.copyOf(capture.add(pages)),
                    List.copyOf(capture.add(Material.touched(pages, 2))));
        }
    }

    /** An encoder that has seen nothing. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init") // JMH has it set up
    public static class Fresh {
        private Points points;
        private Encoding encoding;

        @Setup(Level.Trial)
        public void make() throws IOException {
            points = Points.make();
        }

        @Setup(Level.Invocation)
        public void open() {
            encoding = new Encoding(points.folder);
        }

        @TearDown(Level.Invocation)
        public void close() {
            encoding.close();
        }

        @TearDown(Level.Trial)
        public void remove() throws IOException {
            Files.delete(points.folder);
        }
    }

    /** One that knows an earlier version of each page. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init") // JMH has it set up
    public static class Knowing {
        private Points points;
        private Encoding encoding;

        @Setup(Level.Trial)
        public void make() throws IOException {
            points = Points.make();
        }

        @Setup(Level.Invocation)
        public void open() {
            encoding = new Encoding(points.folder);
            encoding.take(points.first);
        }

        @TearDown(Level.Invocation)
        public void close() {
            encoding.close();
        }

        @TearDown(Level.Trial)
        public void remove() throws IOException {
            Files.delete(points.folder);
        }
    }

    @Benchmark
    public void encodeFresh(Fresh state) {
        state.encoding.take(state.points.first);
    }

    @Benchmark
    public void encodeTouched(Knowing state) {
        state.encoding.take(state.points.second);
    }
}
