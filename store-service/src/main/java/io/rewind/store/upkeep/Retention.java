package io.rewind.store.upkeep;

import io.rewind.read.TimelineInfo;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.store.database.View;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.node.StoredNodes;
import io.rewind.store.retention.FairShare;
import io.rewind.store.retention.KeepPolicy;
import io.rewind.store.retention.PolicyInForce;
import io.rewind.store.timeline.PointEntry;
import io.rewind.store.timeline.Timelines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a view's timelines would let go. */
record Retention(View view, PolicyInForce policies) {
    List<TimelineId> timelines() {
        return new Timelines(view)
                .named("").stream()
                        .map(info -> new TimelineId(info.getTimeline()))
                        .toList();
    }

    /** @throws io.rewind.runtime.fault.Fault TIMELINE_UNKNOWN, STORE_DAMAGED */
    KeepPolicy policy(TimelineId timeline) {
        return new Timelines(view)
                .committed(timeline, newest(timeline))
                .map(point -> policies.of(timeline, view, new StoredNodes(view).get(point.spec())))
                .orElse(KeepPolicy.ALL);
    }

    private PointId newest(TimelineId timeline) {
        return new Timelines(view)
                .info(timeline)
                .map(TimelineInfo::getNewestPoint)
                .map(PointId::new)
                .orElseThrow(() -> StoreFault.TIMELINE_UNKNOWN.rejected("timeline " + timeline + " is not here"));
    }

    /** Points that the policy does not keep, oldest first; without the newest and those that are pinned. */
    List<PointId> surplus(TimelineId timeline, KeepPolicy policy, Instant now) {
        List<PointId> points = new ArrayList<>();
        new Timelines(view).points(timeline, point -> points.add(idOf(point)));
        return policy.surplus(points, now).stream()
                .filter(point -> mayGo(timeline, point))
                .toList();
    }

    private boolean mayGo(TimelineId timeline, PointId point) {
        return !point.equals(newest(timeline)) && !new Timelines(view).isPinned(timeline, point);
    }

    /** What each timeline takes, and could give. */
    List<FairShare.Holding> holdings() {
        return timelines().stream().map(this::holding).toList();
    }

    private FairShare.Holding holding(TimelineId timeline) {
        List<FairShare.Sized> free = new ArrayList<>();
        long[] bytes = {0};
        new Timelines(view).points(timeline, point -> {
            bytes[0] += point.committed().getStoredBytes();
            if (mayGo(timeline, idOf(point))) {
                free.add(new FairShare.Sized(idOf(point), point.committed().getStoredBytes()));
            }
            return true;
        });
        return new FairShare.Holding(timeline, bytes[0], free);
    }

    private static PointId idOf(PointEntry.Committed point) {
        return new PointId(point.committed().getHeader().getPoint());
    }
}
