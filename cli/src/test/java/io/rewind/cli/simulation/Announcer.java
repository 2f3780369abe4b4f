package io.rewind.cli.simulation;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.kafka.KafkaFault;
import io.rewind.schemas.topic.Topics;
import io.rewind.store.announce.Announcement;
import io.rewind.store.announce.Feed;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The store's way to the points topic: any part of what is sent may arrive before it fails. */
final class Announcer implements Feed {
    private static final int NOW_AND_THEN = 40;

    private final Broker broker;
    private final Chance chance;
    private final Fuse fuse;
    private final Consumer<Announcement> witness;

    /** @param witness sees each announcement just before it is on the topic */
    Announcer(Broker broker, Chance chance, Fuse fuse, Consumer<Announcement> witness) {
        this.broker = broker;
        this.chance = chance;
        this.fuse = fuse;
        this.witness = witness;
    }

    @Override
    public Map<Integer, Long> send(List<Announcement> announcements) {
        Map<Integer, Long> positions = new HashMap<>();
        for (Announcement announcement : announcements) {
            mayFail();
            witness.accept(announcement);
            ConsumerRecord<byte[], byte[]> record =
                    broker.append(announcement.topic(), Topics.key(announcement.key()), announcement.bytes());
            if (announcement.topic().equals(Topics.POINTS)) {
                positions.put(record.partition(), record.offset() + 1);
            }
        }
        mayFail();
        return positions;
    }

    private void mayFail() {
        fuse.burn();
        if (chance.mishap(NOW_AND_THEN)) {
            throw new Fault(KafkaFault.PUBLISH_FAILED, Severity.RETRYABLE, "broken on purpose");
        }
    }

    @Override
    public void read(Map<Integer, Long> from, Consumer<Announcement> each) {
        mayFail();
        for (TopicPartition partition : broker.partitions(Topics.POINTS)) {
            List<ConsumerRecord<byte[], byte[]>> log = broker.log(partition);
            int first = from.getOrDefault(partition.partition(), 0L).intValue();
            log.subList(first, log.size())
                    .forEach(record -> each.accept(Announcement.of(
                            record.topic(), new String(record.key(), StandardCharsets.UTF_8), record.value())));
        }
    }

    @Override
    public void close() {}
}
