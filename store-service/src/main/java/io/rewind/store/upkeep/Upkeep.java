package io.rewind.store.upkeep;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.rewind.event.PointCommitted;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.store.announce.Outbox;
import io.rewind.store.chunk.ChunkBodies;
import io.rewind.store.collect.Collector;
import io.rewind.store.collect.Cycle;
import io.rewind.store.collect.Reclaim;
import io.rewind.store.collect.Swept;
import io.rewind.store.database.Commit;
import io.rewind.store.database.Database;
import io.rewind.store.database.SnapshotView;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.metrics.StoreMetrics;
import io.rewind.store.retention.FairShare;
import io.rewind.store.retention.KeepPolicy;
import io.rewind.store.retention.PolicyInForce;
import io.rewind.store.timeline.Timelines;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One partition's upkeep: what can be asked of it, and what {@link UpkeepLoop} does again and again. */
public final class Upkeep {
    private static final String BY_POLICY = "policy";
    private static final String BY_SIZE = "size";
    private static final String BY_HAND = "prune";

    private final int partition;
    private final Database database;
    private final UpkeepSettings settings;
    private final Usage usage;
    private final StoreMetrics metrics;
    private final InstantSource clock;
    private final WriterQueue writer = new WriterQueue();
    private final Expiry expiry;
    private final Collector collector;

    /** @param usage of all partitions of this store */
    public Upkeep(
            int partition,
            Database database,
            ChunkBodies bodies,
            Outbox outbox,
            UpkeepSettings settings,
            Usage usage,
            StoreMetrics metrics,
            InstantSource clock) {
        this.partition = partition;
        this.database = database;
        this.settings = settings;
        this.usage = usage;
        this.metrics = metrics;
        this.clock = clock;
        this.expiry = new Expiry(database, outbox, clock);
        this.collector = new Collector(database, bodies, settings.collect(), clock);
    }

    public Collector collector() {
        return collector;
    }

    /** Writes what others asked for, on the thread that writes. @return whether there was anything, to be synced */
    public boolean write() {
        return writer.run();
    }

    /** Nothing is written any more. */
    public void close() {
        writer.close();
        usage.remove(partition);
    }

    /**
     * Keeps the point whatever the policy says, or no longer.
     *
     * @throws io.rewind.runtime.fault.Fault POINT_UNKNOWN, STORE_CLOSING
     */
    public PointCommitted pin(TimelineId timeline, PointId point, boolean pinned) {
        return writer.call(() -> {
            PointCommitted found = new Timelines(database)
                    .committed(timeline, point)
                    .orElseThrow(
                            () -> StoreFault.POINT_UNKNOWN.rejected("timeline " + timeline + " has no point " + point))
                    .committed();
            inBatch(batch -> Timelines.pin(timeline, point, pinned, batch));
            database.sync();
            return found;
        });
    }

    private void inBatch(Consumer<Commit> effect) {
        try (Commit batch = database.begin()) {
            effect.accept(batch);
            batch.write();
        }
    }

    /**
     * Lets go of what the policy does not keep.
     *
     * @param policy empty: the one in force
     * @param stay that policy is in force from now on
     * @return the points that went or, in a dry run, would
     * @throws io.rewind.runtime.fault.Fault TIMELINE_UNKNOWN, STORE_CLOSING
     */
    public List<PointCommitted> prune(TimelineId timeline, Optional<KeepPolicy> policy, boolean stay, boolean dryRun) {
        try (SnapshotView view = database.snapshot()) {
            Retention retention = new Retention(view, policies());
            KeepPolicy keep = policy.orElseGet(() -> retention.policy(timeline));
            List<PointId> surplus = retention.surplus(timeline, keep, clock.instant());
            if (dryRun) {
                return surplus.stream()
                        .flatMap(id -> new Timelines(view).committed(timeline, id).stream())
                        .map(point -> point.committed())
                        .toList();
            }
            if (stay) {
                writer.execute(() -> inBatch(batch -> PolicyInForce.set(timeline, keep, batch)));
            }
            return expire(timeline, surplus, BY_HAND);
        }
    }

    private PolicyInForce policies() {
        return new PolicyInForce(settings.keep());
    }

    private List<PointCommitted> expire(TimelineId timeline, List<PointId> points, String reason) {
        if (points.isEmpty()) {
            return List.of();
        }
        List<PointCommitted> gone = writer.call(() -> {
            List<PointCommitted> expired = expiry.expire(timeline, points, reason);
            database.sync();
            return expired;
        });
        metrics.expired(reason, gone.size());
        return gone;
    }

    /** Lets go of what the policies do not keep. */
    public void retain() {
        try (SnapshotView view = database.snapshot()) {
            Retention retention = new Retention(view, policies());
            for (TimelineId timeline : retention.timelines()) {
                KeepPolicy keep = retention.policy(timeline);
                expire(timeline, retention.surplus(timeline, keep, clock.instant()), BY_POLICY);
            }
        }
    }

    /** Whether it is worth while to collect: something waits for it, or there may be too much. */
    public boolean isDue() {
        usage.set(partition, database.diskBytes());
        try (SnapshotView view = database.snapshot()) {
            return isTooMuch()
                    || new Due(view, clock.instant().minus(settings.collect().grace())).any();
        }
    }

    private boolean isTooMuch() {
        return settings.limit() > 0 && usage.excess(partition, settings.limit()) > 0;
    }

    /** Collects what is not needed any more, and lets the oldest points go as long as there is too much. */
    public void collect() {
        collect(settings.collect().grace());
        while (isTooMuch() && makeRoom()) {
            // There is no time to wait for: who still reads one of these points is told that it is gone.
            collect(Duration.ZERO);
        }
    }

    /** @return whether anything went */
    private boolean makeRoom() {
        List<FairShare.Leaving> leaving;
        try (SnapshotView view = database.snapshot()) {
            leaving = FairShare.choose(
                    new Retention(view, policies()).holdings(), usage.excess(partition, settings.limit()));
        }
        Map<TimelineId, List<PointId>> byTimeline = leaving.stream()
                .collect(groupingBy(FairShare.Leaving::timeline, mapping(FairShare.Leaving::point, toList())));
        int gone = 0;
        for (Map.Entry<TimelineId, List<PointId>> timeline : byTimeline.entrySet()) {
            gone += expire(timeline.getKey(), timeline.getValue(), BY_SIZE).size();
        }
        return gone > 0;
    }

    private void collect(Duration grace) {
        Swept swept;
        try (Cycle cycle = writer.call(() -> collector.begin(grace))) {
            try {
                cycle.mark();
                swept = cycle.sweep(effect -> writer.execute(() -> inBatch(effect)));
            } finally {
                writer.execute(collector::end);
            }
        }
        usage.set(partition, swept.live());
        metrics.collected(swept.bytes());
        new Reclaim(database, settings.waste(), settings.collect().rate()).after(swept);
    }
}
