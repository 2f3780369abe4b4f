package io.rewind.restore.present;

import io.rewind.event.CaptureNow;
import io.rewind.event.Gap;
import io.rewind.event.PointCommitted;
import io.rewind.restore.code.RestoreCode;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.TopicReader;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.RequestId;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;

/** Over {@code rewind.control}; the answer is the point, or the gap, with our trigger on {@code rewind.points}. */
public final class PresentByMessage implements PresentCapture {
    private static final Duration POLL = Duration.ofMillis(200);
    /**
     * A container that is killed while it is being captured takes a second longer to end. And what is taken from its
     * processes is good only until they are captured again: who knows then which pages were written since the present?
     */
    private static final Duration REST = Duration.ofSeconds(15);

    private final Cluster cluster;
    private final Producer<byte[], byte[]> producer;
    private final String host;
    private final Duration limit;

    public PresentByMessage(Cluster cluster, Producer<byte[], byte[]> producer, String host, Duration limit) {
        this.cluster = cluster;
        this.producer = producer;
        this.host = host;
        this.limit = limit;
    }

    @Override
    public PointId capture(String container, RequestId request) {
        long deadline = System.nanoTime() + limit.toNanos();
        try (TopicReader reader =
                TopicReader.fromEnd(cluster.reader("rewind-restore-present-" + request), Topics.POINTS)) {
            ask(container, request);
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    Optional<PointId> point = answer(record.value(), request);
                    if (point.isPresent()) {
                        return point.get();
                    }
                }
            }
        }
        throw RestoreCode.PRESENT_NOT_CAPTURED.because(
                "The present was not captured within " + limit.toSeconds() + " s; is the capture agent running?");
    }

    private void ask(String container, RequestId request) {
        EventPublisher publisher = new EventPublisher(producer);
        publisher.send(
                Topics.CONTROL,
                "capture/" + host + "/" + container,
                CaptureNow.newBuilder()
                        .setHost(host)
                        .setContainer(container)
                        .setTrigger(request.text())
                        .setRequestedBy("restore-service")
                        .setRestMillis(REST.toMillis())
                        .setAt(Instant.now())
                        .build());
        publisher.flush();
    }

    private static Optional<PointId> answer(byte[] value, RequestId request) {
        SpecificRecord record;
        try {
            record = Wire.decode(value);
        } catch (Fault e) {
            return Optional.empty();
        }
        return switch (record) {
            case PointCommitted point
            when point.getHeader().getTrigger().equals(request.text()) ->
                Optional.of(new PointId(point.getHeader().getPoint()));
            case Gap gap
            when gap.getTrigger().equals(request.text()) ->
                throw RestoreCode.PRESENT_NOT_CAPTURED.because(
                        "The present could not be captured: " + gap.getMessage());
            default -> Optional.empty();
        };
    }
}
