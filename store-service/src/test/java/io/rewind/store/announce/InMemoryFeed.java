package io.rewind.store.announce;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.kafka.KafkaFault;
import io.rewind.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Topics in memory, of one partition each, that fail when told to: before taking anything, or after taking it all. */
public final class InMemoryFeed implements Feed {
    private final List<Announcement> points = new ArrayList<>();
    private final List<Announcement> control = new ArrayList<>();
    private boolean failBefore;
    private boolean failAfter;

    public void failNext(boolean afterTaking) {
        failAfter = afterTaking;
        failBefore = !afterTaking;
    }

    public List<Announcement> points() {
        return points;
    }

    public List<Announcement> control() {
        return control;
    }

    @Override
    public Map<Integer, Long> send(List<Announcement> announcements) {
        if (failBefore) {
            failBefore = false;
            throw unreachable();
        }
        announcements.forEach(a -> (a.topic().equals(Topics.POINTS) ? points : control).add(a));
        if (failAfter) {
            failAfter = false;
            throw unreachable();
        }
        return Map.of(0, (long) points.size());
    }

    private static Fault unreachable() {
        return new Fault(KafkaFault.PUBLISH_FAILED, Severity.RETRYABLE, "broken on purpose");
    }

    @Override
    public void read(Map<Integer, Long> from, Consumer<Announcement> each) {
        points.subList(from.getOrDefault(0, 0L).intValue(), points.size()).forEach(each);
    }

    @Override
    public void close() {}
}
