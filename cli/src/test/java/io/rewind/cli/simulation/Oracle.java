package io.rewind.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.CaptureGap;
import io.rewind.event.Gap;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointOpened;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import io.rewind.store.announce.Announcement;
import io.rewind.store.database.View;
import io.rewind.store.timeline.PointEntry;
import io.rewind.store.timeline.Timelines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Knows what every point was, and holds stores and feed against it. */
final class Oracle {
    private final boolean oneStore;
    private final Map<String, SortedMap<String, byte[]>> truth = new HashMap<>();
    private final List<Due> dues = new ArrayList<>();
    private final Set<Announcement> said = new HashSet<>();
    private long committed;
    private long gaps;

    /** A point, or nothing, that should come of an instant. */
    private static final class Due {
        final String timeline;
        final Instant at;
        final String point;
        /** The agent may have taken it to the grave. */
        boolean agentDied;

        Due(String timeline, Instant at, String point) {
            this.timeline = timeline;
            this.at = at;
            this.point = point;
        }
    }

    /** @param oneStore several may each announce the same point */
    Oracle(boolean oneStore) {
        this.oneStore = oneStore;
    }

    /** @param point empty: the capture failed */
    void due(String timeline, Instant at, String point) {
        dues.add(new Due(timeline, at, point));
    }

    void isTrue(String point, SortedMap<String, byte[]> state) {
        truth.put(point, state);
    }

    void agentDied(String timeline) {
        dues.stream().filter(due -> due.timeline.equals(timeline)).forEach(due -> due.agentDied = true);
    }

    int captured() {
        return truth.size();
    }

    long committed() {
        return committed;
    }

    long gaps() {
        return gaps;
    }

    /** I3: what is announced is there, whole, and stays. */
    void announced(Announcement announcement, View store, boolean synced) {
        if (!announcement.topic().equals(Topics.POINTS)) {
            return;
        }
        if (oneStore) {
            assertThat(said.add(announcement)).as("I4: announced once").isTrue();
        }
        switch (Wire.decode(announcement.bytes())) {
            case PointCommitted point -> {
                assertThat(synced).as("I3: synced before it is announced").isTrue();
                TimelineId timeline = new TimelineId(point.getHeader().getTimeline());
                PointId id = new PointId(point.getHeader().getPoint());
                isRight(new Timelines(store).committed(timeline, id).orElseThrow(), new Reading(store));
                committed++;
            }
            case Gap _ -> gaps++;
            default -> throw new AssertionError("a record that has no place in the feed");
        }
    }

    /** Every point that the store has is what it was. @return their ids */
    Set<String> check(View store, List<String> timelines) {
        Reading reading = new Reading(store);
        Set<String> points = new HashSet<>();
        for (String timeline : timelines) {
            new Timelines(store).points(new TimelineId(timeline), point -> {
                isRight(point, reading);
                points.add(point.committed().getHeader().getPoint());
                return true;
            });
        }
        return points;
    }

    private void isRight(PointEntry.Committed point, Reading reading) {
        String id = point.committed().getHeader().getPoint();
        SortedMap<String, byte[]> is = reading.point(point);
        SortedMap<String, byte[]> was = truth.getOrDefault(id, Collections.emptySortedMap());
        assertThat(is.keySet()).as("I3, I5: what point %s has", id).isEqualTo(was.keySet());
        was.forEach((name, content) -> {
            if (!Arrays.equals(content, is.get(name))) {
                throw new AssertionError("I3, I5: point " + id + " has another " + name + " than there was");
            }
        });
    }

    /** I6: whatever was due is there or said to be missing, unless it died with its agent before anybody heard of it. */
    void checkNothingIsLostSilently(Broker broker, Set<String> stored) {
        Set<String> heardOf = new HashSet<>();
        broker.all(Topics.CAPTURE).forEach(record -> {
            switch (Wire.decode(record.value())) {
                case PointOpened opened -> heardOf.add(opened.getHeader().getPoint());
                case CaptureGap gap -> heardOf.add(gap.getTimeline() + gap.getDue());
                default -> {}
            }
        });
        Set<String> missing = new HashSet<>();
        List<String> sentences = new ArrayList<>();
        broker.all(Topics.POINTS).forEach(record -> {
            if (Wire.decode(record.value()) instanceof Gap gap) {
                missing.add(gap.getTimeline() + gap.getDue());
                missing.add(gap.getPoint());
                sentences.add(gap.getMessage());
            }
        });
        for (Due due : dues) {
            String instant = due.timeline + due.at;
            boolean known = stored.contains(due.point)
                    || missing.contains(instant)
                    || (!due.point.isEmpty()
                            && (missing.contains(due.point)
                                    || sentences.stream().anyMatch(text -> text.contains(due.point))));
            boolean excused = due.agentDied && !heardOf.contains(due.point) && !heardOf.contains(instant);
            assertThat(known || excused)
                    .as("I6: %s of %s (point %s) is there or said to be missing", due.at, due.timeline, due.point)
                    .isTrue();
        }
    }
}
