package io.rewind.cli.client;

import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.kafka.TopicReader;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What restores of a container took, as far as the cluster still knows. */
public final class PastRestores {
    private static final int MOST = 5;
    private static final Duration STEP = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private PastRestores() {}

    /** The last ones that succeeded in this mode, oldest first. */
    public static List<RestoreProgress> of(Session session, String timeline, RestoreMode mode) {
        Deque<RestoreProgress> found = new ArrayDeque<>();
        Deque<RestoreProgress> _ = session.asking(() -> {
            long end = System.nanoTime() + LIMIT.toNanos();
            try (TopicReader reader =
                    TopicReader.fromBeginning(session.cluster().reader("rewind-cli"), Topics.RESTORE_RESULTS)) {
                while (!reader.caughtUp() && System.nanoTime() < end) {
                    for (ConsumerRecord<byte[], byte[]> record : reader.poll(STEP)) {
                        success(record, timeline, mode).ifPresent(found::addLast);
                        if (found.size() > MOST) {
                            found.removeFirst();
                        }
                    }
                }
            }
            return found;
        });
        return List.copyOf(found);
    }

    private static Optional<RestoreProgress> success(
            ConsumerRecord<byte[], byte[]> record, String timeline, RestoreMode mode) {
        try {
            return Optional.ofNullable(record.value())
                    .map(Wire::decode)
                    .filter(RestoreProgress.class::isInstance)
                    .map(RestoreProgress.class::cast)
                    .filter(news -> news.getState() == RestoreState.RUNNING
                            && news.getTimeline().equals(timeline)
                            && news.getMode() == mode);
        } catch (Fault foreign) {
            return Optional.empty();
        }
    }
}
