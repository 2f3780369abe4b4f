package io.rewind.benchmarks.content;

import io.rewind.benchmarks.speed.Encoding;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the encoder makes of a point.
 *
 * @param sent records of the chunks topic: chunks and the point's map
 */
record EncodedPoint(RecordedPoint point, List<byte[]> sent, long cpuNanos) {

    long bytes() {
        return sent.stream().mapToLong(record -> record.length).sum();
    }

    /**
     * A timeline by an encoder that has seen nothing else.
     *
     * @param folder for its mirror
     */
    static List<EncodedPoint> all(List<RecordedPoint> points, int level, Path folder) {
        List<EncodedPoint> encoded = new ArrayList<>();
        try (Encoding encoding = new Encoding(folder, level)) {
            int before = 0;
            for (RecordedPoint point : points) {
                long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                encoding.take(point.records());
                long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began;
                List<byte[]> sent = encoding.sent();
                encoded.add(new EncodedPoint(point, List.copyOf(sent.subList(before, sent.size())), cpu));
                before = sent.size();
            }
        }
        return encoded;
    }
}
