package io.rewind.store.takeover;

import io.rewind.event.PointCommitted;
import io.rewind.event.PointExpired;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import io.rewind.store.announce.Announcement;
import io.rewind.store.announce.Feed;
import io.rewind.store.announce.Outbox;
import io.rewind.store.database.Commit;
import io.rewind.store.database.Database;
import io.rewind.store.database.Family;
import io.rewind.store.metrics.StoreMetrics;
import io.rewind.store.timeline.Keys;
import io.rewind.store.timeline.PointEntry;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Points that the points topic calls restorable and that are not here: said there to be gone, with the reason {@value
 * #REASON}, once each. On the thread that writes.
 */
public final class LostPoints {
    static final String REASON = "lost";
    /** Looked for at a time: the topic may name more than memory has room for. */
    private static final int AT_ONCE = 10_000;

    private static final Logger log = LoggerFactory.getLogger(LostPoints.class);

    private record Named(TimelineId timeline, PointId point) {
        static Named of(String timeline, String point) {
            return new Named(new TimelineId(timeline), new PointId(point));
        }
    }

    private final Database database;
    private final Outbox outbox;
    private final Feed feed;
    private final Predicate<String> belongs;
    private final InstantSource clock;
    private final StoreMetrics metrics;

    /** @param belongs whether a timeline is of this store's partition */
    public LostPoints(
            Database database,
            Outbox outbox,
            Feed feed,
            Predicate<String> belongs,
            InstantSource clock,
            StoreMetrics metrics) {
        this.database = database;
        this.outbox = outbox;
        this.feed = feed;
        this.belongs = belongs;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** @throws Fault RETRYABLE when the topic cannot be read; what was said by then is not said again */
    void announce() {
        for (Set<Named> lost = some(); !lost.isEmpty(); lost = some()) {
            try (Commit batch = database.begin()) {
                lost.forEach(each -> expire(each, batch));
                batch.write();
            }
            metrics.expired(REASON, lost.size());
            log.warn("{} points that were announced are not here: they are lost, and said to be", lost.size());
        }
    }

    private Set<Named> some() {
        Set<Named> missing = new LinkedHashSet<>();
        feed.read(Map.of(), announcement -> {
            if (belongs.test(announcement.key())) {
                try {
                    take(announcement, missing);
                } catch (Fault foreign) {
                    // Not ours; nobody can restore it.
                }
            }
        });
        return missing;
    }

    private void take(Announcement announcement, Set<Named> missing) {
        switch (Wire.decode(announcement.bytes())) {
            case PointCommitted point -> {
                Named named = Named.of(
                        point.getHeader().getTimeline(), point.getHeader().getPoint());
                if (missing.size() < AT_ONCE && !isKnown(named)) {
                    missing.add(named);
                }
            }
            case PointExpired point -> missing.remove(Named.of(point.getTimeline(), point.getPoint()));
            default -> {
                // Says nothing about what can be restored.
            }
        }
    }

    private boolean isKnown(Named named) {
        return database.has(Family.POINTS, Keys.point(named.timeline, named.point));
    }

    private void expire(Named lost, Commit batch) {
        batch.put(
                Family.POINTS,
                Keys.point(lost.timeline, lost.point),
                new PointEntry.Expired(clock.instant(), Optional.empty()).encode());
        PointExpired expired = new PointExpired(lost.timeline.text(), lost.point.text(), REASON);
        outbox.add(Announcement.of(Topics.POINTS, lost.timeline.text(), Wire.encode(expired)), batch);
    }
}
