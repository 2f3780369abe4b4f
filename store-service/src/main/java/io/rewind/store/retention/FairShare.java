package io.rewind.store.retention;

import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/** Who gives way when there is too much: of the timeline that takes most the oldest point, again and again. */
public final class FairShare {
    /** @param bytes that the point added when it came; what its going frees may be less, for later points share it */
    public record Sized(PointId point, long bytes) {}

    /**
     * A timeline as it counts here.
     *
     * @param bytes all its points added
     * @param free points that may go, oldest first
     */
    public record Holding(TimelineId timeline, long bytes, List<Sized> free) {
        public Holding {
            free = List.copyOf(free);
        }
    }

    public record Leaving(TimelineId timeline, PointId point) {}

    private static final class Queue {
        private final TimelineId timeline;
        private final Deque<Sized> free;
        private long bytes;

        Queue(Holding holding) {
            this.timeline = holding.timeline;
            this.free = new ArrayDeque<>(holding.free);
            this.bytes = holding.bytes;
        }
    }

    private FairShare() {}

    /** Points that together added at least {@code excess} bytes; fewer when there are not as many that may go. */
    public static List<Leaving> choose(List<Holding> holdings, long excess) {
        PriorityQueue<Queue> largest = new PriorityQueue<>(
                Comparator.comparingLong((Queue q) -> q.bytes).reversed().thenComparing(q -> q.timeline.text()));
        holdings.stream().filter(h -> !h.free.isEmpty()).map(Queue::new).forEach(largest::add);
        List<Leaving> chosen = new ArrayList<>();
        for (long left = excess; left > 0 && !largest.isEmpty(); ) {
            Queue most = largest.remove();
            Sized oldest = most.free.remove();
            chosen.add(new Leaving(most.timeline, oldest.point));
            most.bytes -= oldest.bytes;
            left -= oldest.bytes;
            if (!most.free.isEmpty()) {
                largest.add(most);
            }
        }
        return chosen;
    }
}
