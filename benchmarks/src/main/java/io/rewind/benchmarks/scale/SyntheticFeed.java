package io.rewind.benchmarks.scale;

import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.stand.PointLog;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;

/** Sends synthetic timelines past agent and encoder, straight to the store. */
final class SyntheticFeed implements AutoCloseable {
    private static final long BUFFER = 32 << 20;
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final Bench bench;
    private final Producer<byte[], byte[]> producer;
    private final EventPublisher publisher;

    /**
     * Points that were sent at once.
     *
     * @param took from the first record sent to the last point announced
     */
    record Batch(List<PointLog.Seen> points, Duration took) {
        double perSecond() {
            return points.size() * 1e9 / took.toNanos();
        }
    }

    SyntheticFeed(Bench bench) {
        this.bench = bench;
        this.producer = bench.session().cluster().producer("rewind-bench", BUFFER);
        this.publisher = new EventPublisher(producer);
    }

    /** Made as they are sent; returns once the last is durable. */
    void fill(SyntheticTimeline timeline, int points) {
        Instant from = timeline.nextCaptured();
        for (int i = 0; i < points; i++) {
            send(timeline, timeline.next());
        }
        publisher.flush();
        bench.points().await(timeline.name(), from, points, LIMIT);
    }

    /** All made before the first is sent, so that making them takes no time from the store. */
    Batch timed(SyntheticTimeline timeline, int points) {
        Instant from = timeline.nextCaptured();
        List<List<byte[]>> made = new ArrayList<>();
        for (int i = 0; i < points; i++) {
            made.add(timeline.next());
        }
        Instant began = Instant.now();
        made.forEach(records -> send(timeline, records));
        publisher.flush();
        List<PointLog.Seen> announced = bench.points().await(timeline.name(), from, points, LIMIT);
        return new Batch(announced, Duration.between(began, announced.getLast().at()));
    }

    private void send(SyntheticTimeline timeline, List<byte[]> records) {
        records.forEach(record -> publisher.sendEncoded(Topics.CHUNKS, timeline.id(), record));
    }

    @Override
    public void close() {
        producer.close();
    }
}
