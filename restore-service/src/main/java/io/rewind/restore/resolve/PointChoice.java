package io.rewind.restore.resolve;

import io.rewind.event.PointAgo;
import io.rewind.event.PointAt;
import io.rewind.event.PointById;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointLatest;
import io.rewind.restore.code.RestoreCode;
import io.rewind.schemas.id.PointId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which of a timeline's points a request means. */
public final class PointChoice {
    private static final Comparator<PointCommitted> BY_CAPTURE =
            Comparator.comparing(p -> p.getHeader().getCaptured());

    private PointChoice() {}

    /**
     * By id, the newest not after an instant, the newest not younger than a time before the request, or the newest.
     *
     * @param wanted one of the schema's four ways to name a point
     * @param asked when the request was made: what "ago" counts from
     * @param now what "future" counts from
     */
    public static PointCommitted choose(Object wanted, List<PointCommitted> points, Instant asked, Instant now) {
        if (points.isEmpty()) {
            throw RestoreCode.TIMELINE_UNKNOWN.because("Nothing was captured of this container yet; watch it first.");
        }
        return switch (wanted) {
            case PointById byId -> byId(new PointId(byId.getPoint()), points);
            case PointAt at -> notAfter(past(at.getInstant(), now), points);
            case PointAgo ago -> notAfter(before(asked, ago.getMillis(), now), points);
            case PointLatest _ -> latest(points);
            default ->
                throw RestoreCode.POINT_UNKNOWN.because("The request names its point in a way this version lacks.");
        };
    }

    /** The one captured last; there is at least one. */
    public static PointId newest(List<PointCommitted> points) {
        return new PointId(latest(points).getHeader().getPoint());
    }

    private static PointCommitted latest(List<PointCommitted> points) {
        return points.stream().max(BY_CAPTURE).orElseThrow();
    }

    private static PointCommitted byId(PointId id, List<PointCommitted> points) {
        return points.stream()
                .filter(p -> p.getHeader().getPoint().equals(id.text()))
                .findFirst()
                .orElseThrow(() -> RestoreCode.POINT_UNKNOWN.because("The timeline has no point " + id
                        + "; it may have expired: `rewind points` lists those there are."));
    }

    private static Instant past(Instant instant, Instant now) {
        if (instant.isAfter(now)) {
            throw RestoreCode.INSTANT_IN_FUTURE.because(instant + " has not come yet: it is " + now + ".");
        }
        return instant;
    }

    private static Instant before(Instant asked, long millis, Instant now) {
        if (millis < 0) {
            throw RestoreCode.INSTANT_IN_FUTURE.because("A time ago cannot be negative.");
        }
        return (asked.isBefore(now) ? asked : now).minusMillis(millis);
    }

    private static PointCommitted notAfter(Instant instant, List<PointCommitted> points) {
        Optional<PointCommitted> newest = points.stream()
                .filter(p -> !p.getHeader().getCaptured().isAfter(instant))
                .max(BY_CAPTURE);
        return newest.orElseThrow(() -> RestoreCode.BEFORE_FIRST_POINT.because("The first point is of "
                + points.stream().min(BY_CAPTURE).orElseThrow().getHeader().getCaptured() + ", after " + instant
                + "."));
    }
}
