package io.rewind.store.timeline;

import com.google.protobuf.InvalidProtocolBufferException;
import io.rewind.event.PointHeader;
import io.rewind.read.TimelineInfo;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.store.database.Commit;
import io.rewind.store.database.Family;
import io.rewind.store.database.View;
import io.rewind.store.fault.StoreFault;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Timelines and points as they are in a view. */
public record Timelines(View view) {
    /** How the point was decided; empty: it was not. */
    public Optional<PointEntry> entry(TimelineId timeline, PointId point) {
        return view.get(Family.POINTS, Keys.point(timeline, point)).map(PointEntry::decode);
    }

    /** The point, if it exists. */
    public Optional<PointEntry.Committed> committed(TimelineId timeline, PointId point) {
        return entry(timeline, point)
                .filter(PointEntry.Committed.class::isInstance)
                .map(PointEntry.Committed.class::cast);
    }

    /** Points of the timeline, oldest first, until told to stop. */
    public void points(TimelineId timeline, Predicate<PointEntry.Committed> each) {
        view.scan(
                Family.POINTS,
                Keys.points(timeline),
                (_, value) -> !(PointEntry.decode(value) instanceof PointEntry.Committed point) || each.test(point));
    }

    public Optional<TimelineInfo> info(TimelineId timeline) {
        return view.get(Family.TIMELINES, Keys.timeline(timeline)).map(Timelines::decode);
    }

    /** All that {@code text} names: by id, container id or its beginning, or name; all for "". */
    public List<TimelineInfo> named(String text) {
        List<TimelineInfo> found = new ArrayList<>();
        view.scan(Family.TIMELINES, new byte[0], (_, value) -> {
            TimelineInfo info = decode(value);
            if (text.isEmpty()
                    || info.getTimeline().equals(text)
                    || info.getContainer().startsWith(text)
                    || info.getName().equals(text)) {
                found.add(info);
            }
            return true;
        });
        return found;
    }

    /** Counts a new point in. */
    public void add(PointHeader header, Commit batch) {
        TimelineId timeline = new TimelineId(header.getTimeline());
        TimelineInfo before = info(timeline).orElseGet(() -> TimelineInfo.getDefaultInstance());
        TimelineInfo.Builder after =
                before.toBuilder().setTimeline(timeline.text()).setPoints(before.getPoints() + 1);
        long captured = ChronoUnit.MICROS.between(Instant.EPOCH, header.getCaptured());
        if (before.getPoints() == 0 || captured >= before.getNewestCapturedMicros()) {
            after.setContainer(header.getContainer())
                    .setName(header.getName())
                    .setHost(header.getHost())
                    .setNewestPoint(header.getPoint())
                    .setNewestCapturedMicros(captured);
        }
        batch.put(Family.TIMELINES, Keys.timeline(timeline), after.build().toByteArray());
    }

    /** Counts so many points out, never the newest. */
    public void remove(TimelineId timeline, int points, Commit batch) {
        info(timeline)
                .ifPresent(before -> batch.put(
                        Family.TIMELINES,
                        Keys.timeline(timeline),
                        before.toBuilder()
                                .setPoints(before.getPoints() - points)
                                .build()
                                .toByteArray()));
    }

    public boolean isPinned(TimelineId timeline, PointId point) {
        return view.has(Family.PINS, Keys.point(timeline, point));
    }

    /** Keeps the point whatever the policy says, or no longer. */
    public static void pin(TimelineId timeline, PointId point, boolean pinned, Commit batch) {
        byte[] key = Keys.point(timeline, point);
        if (pinned) {
            batch.put(Family.PINS, key, new byte[0]);
        } else {
            batch.delete(Family.PINS, key);
        }
    }

    private static TimelineInfo decode(byte[] value) {
        try {
            return TimelineInfo.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw StoreFault.STORE_DAMAGED.rejected("a timeline's line cannot be read: " + e.getMessage());
        }
    }
}
