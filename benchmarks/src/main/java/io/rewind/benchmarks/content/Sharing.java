package io.rewind.benchmarks.content;

import io.rewind.benchmarks.speed.Encoding;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Bytes that the encoder sends for the same timelines when it knows the blocks of one, of those in its partition, or of
 * all.
 */
record Sharing(long alone, long partitions, long all) {

    /**
     * @param timelines records by partition, then by timeline
     * @param folder for mirrors
     */
    static Sharing of(Map<Integer, List<List<ConsumerRecord<byte[], byte[]>>>> timelines, int level, Path folder) {
        long alone = 0;
        long partitions = 0;
        for (List<List<ConsumerRecord<byte[], byte[]>>> partition : timelines.values()) {
            partitions += bytes(partition, level, folder);
            for (List<ConsumerRecord<byte[], byte[]>> timeline : partition) {
                alone += bytes(List.of(timeline), level, folder);
            }
        }
        List<List<ConsumerRecord<byte[], byte[]>>> all =
                timelines.values().stream().flatMap(Collection::stream).toList();
        return new Sharing(alone, partitions, bytes(all, level, folder));
    }

    private static long bytes(List<List<ConsumerRecord<byte[], byte[]>>> timelines, int level, Path folder) {
        try (Encoding encoding = new Encoding(folder, level)) {
            timelines.forEach(encoding::take);
            return encoding.sent().stream().mapToLong(record -> record.length).sum();
        }
    }

    /** Of what is stored now, what a pass over all partitions could give back. */
    double saved() {
        return 1 - (double) all / partitions;
    }
}
