package io.rewind.store.read;

import io.rewind.read.TimelineInfo;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.TimelineId;
import io.rewind.store.database.Database;
import io.rewind.store.database.SnapshotView;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.timeline.Timelines;
import io.rewind.store.upkeep.Upkeep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The partitions that this store has open. */
public final class OpenPartitions {
    private record Open(Database database, Upkeep upkeep) {}

    private final Map<Integer, Open> open = new ConcurrentSkipListMap<>();

    public void add(int partition, Database database, Upkeep upkeep) {
        open.put(partition, new Open(database, upkeep));
    }

    /** Before its database is closed. */
    public void remove(int partition) {
        open.remove(partition);
    }

    public List<Integer> numbers() {
        return List.copyOf(open.keySet());
    }

    List<Database> all() {
        return open.values().stream().map(Open::database).toList();
    }

    /** Bytes of all their files; those that are being closed count nothing. */
    public double diskBytes() {
        double sum = 0;
        for (Database database : all()) {
            try {
                sum += database.diskBytes();
            } catch (Fault closing) {
                // Counted again by whoever opens it next.
            }
        }
        return sum;
    }

    /** What is known of each timeline that is here. */
    public List<TimelineInfo> timelines() {
        List<TimelineInfo> infos = new ArrayList<>();
        for (Database database : all()) {
            try (SnapshotView view = database.snapshot()) {
                infos.addAll(new Timelines(view).named(""));
            } catch (Fault closing) {
                // Told by whoever opens it next.
            }
        }
        return infos;
    }

    /** A snapshot of where the timeline is; to be closed. @throws io.rewind.runtime.fault.Fault TIMELINE_UNKNOWN */
    SnapshotView having(TimelineId timeline) {
        return of(timeline).database.snapshot();
    }

    /** The upkeep of where the timeline is. @throws io.rewind.runtime.fault.Fault TIMELINE_UNKNOWN */
    Upkeep upkeep(TimelineId timeline) {
        return of(timeline).upkeep;
    }

    private Open of(TimelineId timeline) {
        for (Open partition : open.values()) {
            try (SnapshotView view = partition.database.snapshot()) {
                if (new Timelines(view).info(timeline).isPresent()) {
                    return partition;
                }
            }
        }
        throw StoreFault.TIMELINE_UNKNOWN.rejected("timeline " + timeline + " is not here");
    }
}
