package io.rewind.store.upkeep;

import io.rewind.event.PointCommitted;
import io.rewind.event.PointExpired;
import io.rewind.read.TimelineInfo;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import io.rewind.store.announce.Announcement;
import io.rewind.store.announce.Outbox;
import io.rewind.store.database.Commit;
import io.rewind.store.database.Database;
import io.rewind.store.database.Family;
import io.rewind.store.timeline.Keys;
import io.rewind.store.timeline.PointEntry;
import io.rewind.store.timeline.Timelines;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets points go, said on the points topic. No other point takes notice: each refers to all it needs itself (I5). What
 * they alone referred to is collected later. On the thread that writes.
 */
public final class Expiry {
    private static final int AT_ONCE = 256;

    private final Database database;
    private final Outbox outbox;
    private final InstantSource clock;

    public Expiry(Database database, Outbox outbox, InstantSource clock) {
        this.database = database;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Never lets the newest go, which the next point is a delta to, nor one that is pinned.
     *
     * @param reason for the announcement
     * @return those that went
     */
    public List<PointCommitted> expire(TimelineId timeline, List<PointId> points, String reason) {
        List<PointCommitted> gone = new ArrayList<>();
        for (int from = 0; from < points.size(); from += AT_ONCE) {
            gone.addAll(some(timeline, points.subList(from, Math.min(points.size(), from + AT_ONCE)), reason));
        }
        return gone;
    }

    private List<PointCommitted> some(TimelineId timeline, List<PointId> points, String reason) {
        Timelines timelines = new Timelines(database);
        String newest =
                timelines.info(timeline).map(TimelineInfo::getNewestPoint).orElse("");
        List<PointCommitted> gone = new ArrayList<>();
        try (Commit batch = database.begin()) {
            for (PointId point : points) {
                Optional<PointEntry.Committed> entry = timelines.committed(timeline, point);
                if (entry.isPresent() && !point.text().equals(newest) && !timelines.isPinned(timeline, point)) {
                    expire(timeline, point, entry.get(), reason, batch);
                    gone.add(entry.get().committed());
                }
            }
            timelines.remove(timeline, gone.size(), batch);
            batch.write();
        }
        return gone;
    }

    private void expire(TimelineId timeline, PointId point, PointEntry.Committed entry, String reason, Commit batch) {
        PointEntry.Roots roots = new PointEntry.Roots(entry.map(), entry.spec());
        batch.put(
                Family.POINTS,
                Keys.point(timeline, point),
                new PointEntry.Expired(clock.instant(), Optional.of(roots)).encode());
        PointExpired expired = new PointExpired(timeline.text(), point.text(), reason);
        outbox.add(Announcement.of(Topics.POINTS, timeline.text(), Wire.encode(expired)), batch);
    }
}
