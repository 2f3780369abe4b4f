package io.rewind.store.announce;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Where announcements go, and where one can see which have arrived. */
public interface Feed extends AutoCloseable {
    /**
     * Sends all, in order, and waits until they are safe.
     *
     * @return for each partition of the points topic that took some, the offset after the last
     * @throws io.rewind.runtime.fault.Fault RETRYABLE: any of them may have arrived or not
     */
    Map<Integer, Long> send(List<Announcement> announcements);

    /**
     * Everything on the points topic, in each partition from the given offset, else from the first, to the end.
     *
     * @throws io.rewind.runtime.fault.Fault RETRYABLE when the topic cannot be read
     */
    void read(Map<Integer, Long> from, Consumer<Announcement> each);

    @Override
    void close();
}
