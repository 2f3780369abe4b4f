package io.rewind.store.announce;

import io.rewind.schemas.topic.Topics;
import io.rewind.store.database.Commit;
import io.rewind.store.database.Database;
import io.rewind.store.database.Family;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Announcements wait here from the batch that makes them true until they are safe on their topic. One that may have
 * been sent before (a crash, or a failed sending) is looked for on the topic first: nothing twice, nothing lost (I4).
 * A repeated rebase does no harm and is not looked for.
 */
public final class Outbox {
    private static final byte[] ALL = {};
    private static final byte[] POSITION = "announced/".getBytes(StandardCharsets.US_ASCII);
    private static final int AT_ONCE = 256;

    private record Waiting(byte[] key, Announcement announcement) {}

    private final Database database;
    private final Feed feed;
    private long next;
    private boolean waiting;
    private boolean uncertain;

    public Outbox(Database database, Feed feed) {
        this.database = database;
        this.feed = feed;
        database.scan(Family.OUTBOX, ALL, (key, _) -> {
            next = ByteBuffer.wrap(key).getLong() + 1;
            waiting = true;
            return true;
        });
        uncertain = waiting;
    }

    /** To be announced once the batch is written and synced. */
    public void add(Announcement announcement, Commit batch) {
        batch.put(Family.OUTBOX, ByteBuffer.allocate(Long.BYTES).putLong(next).array(), announcement.encode());
        next++;
        waiting = true;
    }

    /** Announces what waits; what it says must have been synced. @throws io.rewind.runtime.fault.Fault RETRYABLE */
    public void announce() {
        while (waiting) {
            List<Waiting> batch = peek();
            if (batch.isEmpty()) {
                waiting = false;
                return;
            }
            List<Waiting> unsent = batch;
            if (uncertain) {
                Set<Announcement> there = arrived();
                unsent = batch.stream()
                        .filter(entry -> !there.contains(entry.announcement))
                        .toList();
            }
            uncertain = true;
            Map<Integer, Long> positions =
                    feed.send(unsent.stream().map(Waiting::announcement).toList());
            done(batch, positions);
            uncertain = false;
        }
    }

    private List<Waiting> peek() {
        List<Waiting> entries = new ArrayList<>();
        database.scan(Family.OUTBOX, ALL, (key, value) -> {
            entries.add(new Waiting(key, Announcement.decode(value)));
            return entries.size() < AT_ONCE;
        });
        return entries;
    }

    private Set<Announcement> arrived() {
        Map<Integer, Long> from = new HashMap<>();
        database.scan(Family.META, POSITION, (key, value) -> {
            from.put(
                    ByteBuffer.wrap(key).getInt(POSITION.length),
                    ByteBuffer.wrap(value).getLong());
            return true;
        });
        Set<Announcement> waitingNow = new HashSet<>();
        peek().forEach(entry -> waitingNow.add(entry.announcement));
        Set<Announcement> there = new HashSet<>();
        feed.read(from, announcement -> {
            if (announcement.topic().equals(Topics.POINTS) && waitingNow.contains(announcement)) {
                there.add(announcement);
            }
        });
        return there;
    }

    private void done(List<Waiting> sent, Map<Integer, Long> positions) {
        try (Commit batch = database.begin()) {
            sent.forEach(entry -> batch.delete(Family.OUTBOX, entry.key));
            positions.forEach((partition, offset) -> batch.put(
                    Family.META,
                    ByteBuffer.allocate(POSITION.length + Integer.BYTES)
                            .put(POSITION)
                            .putInt(partition)
                            .array(),
                    ByteBuffer.allocate(Long.BYTES).putLong(offset).array()));
            batch.write();
        }
    }
}
