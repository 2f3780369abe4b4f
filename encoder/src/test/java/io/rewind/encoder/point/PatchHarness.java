package io.rewind.encoder.point;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rewind.encoder.content.DedupCaches;
import io.rewind.encoder.metrics.EncoderMetrics;
import io.rewind.encoder.mirror.Mirror;
import io.rewind.encoder.mirror.MirrorSettings;
import io.rewind.event.ChunkRecord;
import io.rewind.event.Run;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * Encodes points recorded from a process and says what each adds. Run by hand; the ADR on patches names the command.
 * A recording is a folder with a file for each point: its changed pages, each as u64le page number and 4096 bytes.
 */
public final class PatchHarness {
    private static final int PAGES_A_RECORD = 200;

    private PatchHarness() {}

    /** @param args folder, layers, level */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int layers = Integer.parseInt(args[1]);
        int level = Integer.parseInt(args[2]);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        EncoderMetrics metrics = new EncoderMetrics(registry);
        FlakyProducer producer = new FlakyProducer();
        Mirror mirror = layers == 0
                ? Mirror.none(metrics)
                : Mirror.open(new MirrorSettings(Path.of("target", "mirror"), 4L << 30, Duration.ofHours(1)), metrics);
        long offset = 0;
        try (PartitionEncoder encoder = new PartitionEncoder(
                0,
                level,
                new Limits(8, Duration.ofHours(1), 256 << 20, Math.max(1, layers)),
                new DedupCaches(true, 256 << 20, Duration.ofHours(1)),
                mirror,
                new EventPublisher(producer),
                () -> 0,
                metrics)) {
            int number = 0;
            Totals totals = new Totals();
            for (Path file : files(folder)) {
                PointScript script = number == 0
                        ? new PointScript(Bench.A, Bench.point(0))
                        : new PointScript(Bench.A, Bench.point(number), Bench.point(number - 1));
                pages(script, Files.readAllBytes(file));
                long start = System.nanoTime();
                for (byte[] value : script.records()) {
                    encoder.accept(record(offset++, value));
                }
                encoder.settle();
                totals.point(number++, producer.history(), System.nanoTime() - start);
                producer.clear();
            }
            totals.print("layers " + layers + ", level " + level + ": ");
            registry.getMeters().stream()
                    .filter(m -> m.getId().getName().matches("rewind.encoder.(blocks|mirror|patches)"))
                    .forEach(m -> System.out.println(
                            "  " + m.getId().getName() + m.getId().getTags() + " "
                                    + m.measure().iterator().next().getValue()));
        }
    }

    private static final class Totals {
        private final List<long[]> points = new ArrayList<>();

        void point(int number, List<ProducerRecord<byte[], byte[]>> sent, long nanos) {
            long bodies = 0;
            long rest = 0;
            for (ProducerRecord<byte[], byte[]> r : sent) {
                if (!r.topic().equals(Topics.CHUNKS)) {
                    continue;
                }
                if (Wire.decode(r.value()) instanceof ChunkRecord c) {
                    bodies += c.getBody().remaining();
                } else {
                    rest += r.value().length;
                }
            }
            points.add(new long[] {bodies, rest, nanos});
            if (number == 0) {
                System.out.printf("first point: bodies %,d, parts %,d bytes, %d ms%n", bodies, rest, nanos / 1_000_000);
            }
        }

        void print(String title) {
            // The second still brings what the first missed while the process started.
            List<long[]> all = points.subList(2, points.size());
            System.out.println(
                    title + line(all) + "; last quarter " + line(all.subList(all.size() * 3 / 4, all.size())));
        }

        private static String line(List<long[]> points) {
            return String.format(
                    "bodies %,.0f, parts %,.0f bytes a point, %.1f ms",
                    mean(points, 0), mean(points, 1), mean(points, 2) / 1e6);
        }

        private static double mean(List<long[]> points, int column) {
            return points.stream().mapToLong(p -> p[column]).average().orElse(0);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void pages(PointScript script, byte[] recorded) {
        ByteBuffer in = ByteBuffer.wrap(recorded).order(ByteOrder.LITTLE_ENDIAN);
        List<Run> runs = new ArrayList<>();
        byte[] content = new byte[PAGES_A_RECORD * Block.SIZE];
        int pages = 0;
        while (in.hasRemaining()) {
            runs.add(new Run(in.getLong(), 1));
            in.get(content, pages++ * Block.SIZE, Block.SIZE);
            if (pages == PAGES_A_RECORD || !in.hasRemaining()) {
                script.pages("1", List.of(), runs, Arrays.copyOf(content, pages * Block.SIZE));
                runs = new ArrayList<>();
                pages = 0;
            }
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, byte[] value) {
        return new ConsumerRecord<>(
                Topics.CAPTURE,
                0,
                offset,
                1_000_000 + offset,
                TimestampType.CREATE_TIME,
                0,
                0,
                Bench.A.getBytes(StandardCharsets.UTF_8),
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
