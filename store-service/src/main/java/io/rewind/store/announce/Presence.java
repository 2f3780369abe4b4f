package io.rewind.store.announce;

import io.rewind.event.ServiceAnnounced;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says on the control topic where this store is and what it has, whenever that changes, on a thread of its own. */
public final class Presence implements AutoCloseable {
    private static final long RETRY_MILLIS = 1000;
    private static final Logger log = LoggerFactory.getLogger(Presence.class);

    private final String host;
    private final String endpoint;
    private final Supplier<List<Integer>> partitions;
    private final EventPublisher publisher;
    private final Thread thread = Thread.ofVirtual().name("store-presence").unstarted(this::run);
    private boolean changed;
    private boolean closing;

    /** @param endpoint {@code host:port} of the read API; also the name of this instance */
    public Presence(String host, String endpoint, Supplier<List<Integer>> partitions, EventPublisher publisher) {
        this.host = host;
        this.endpoint = endpoint;
        this.partitions = partitions;
        this.publisher = publisher;
    }

    public void start() {
        thread.start();
    }

    /** To be said soon; returns at once. */
    public synchronized void changed() {
        changed = true;
        notifyAll();
    }

    private void run() {
        try {
            while (awaitChange()) {
                if (!say(partitions.get())) {
                    Thread.sleep(RETRY_MILLIS);
                    changed();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean awaitChange() throws InterruptedException {
        while (!changed && !closing) {
            wait();
        }
        changed = false;
        return !closing;
    }

    private boolean say(List<Integer> now) {
        try {
            publisher.send(
                    Topics.CONTROL,
                    "service/store/" + endpoint,
                    ServiceAnnounced.newBuilder()
                            .setService("store")
                            .setInstance(endpoint)
                            .setHost(host)
                            .setEndpoint(endpoint)
                            .setPartitions(now)
                            .setAt(Instant.now())
                            .build());
            publisher.flush();
            return true;
        } catch (Fault fault) {
            log.warn("this store could not announce itself: {}", fault.sentence());
            return false;
        }
    }

    /** Says, if it can, that nothing is here any more. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        boolean _ = say(List.of());
    }
}
