package io.rewind.store.read;

import io.rewind.read.TimelineInfo;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.TimelineId;
import io.rewind.store.database.Database;
import io.rewind.store.database.SnapshotView;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.timeline.Timelines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The databases that this store has open, by partition. */
public final class OpenPartitions {
    private final Map<Integer, Database> open = new ConcurrentSkipListMap<>();

    public void add(int partition, Database database) {
        open.put(partition, database);
    }

    /** Before its database is closed. */
    public void remove(int partition) {
        open.remove(partition);
    }

    public List<Integer> numbers() {
        return List.copyOf(open.keySet());
    }

    List<Database> all() {
        return new ArrayList<>(open.values());
    }

    /** Bytes of all their files; those that are being closed count nothing. */
    public double diskBytes() {
        double sum = 0;
        for (Database database : open.values()) {
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
        for (Database database : open.values()) {
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
        for (Database database : open.values()) {
            SnapshotView view = database.snapshot();
            if (new Timelines(view).info(timeline).isPresent()) {
                return view;
            }
            view.close();
        }
        throw StoreFault.TIMELINE_UNKNOWN.rejected("timeline " + timeline + " is not here");
    }
}
