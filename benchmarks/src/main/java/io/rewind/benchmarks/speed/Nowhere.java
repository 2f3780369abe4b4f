package io.rewind.benchmarks.speed;

import io.rewind.store.announce.Announcement;
import io.rewind.store.announce.Feed;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A feed that takes everything. */
final class Nowhere implements Feed {
    @Override
    public Map<Integer, Long> send(List<Announcement> announcements) {
        return Map.of();
    }

    @Override
    public void read(Map<Integer, Long> from, Consumer<Announcement> each) {}

    @Override
    public void close() {}
}
