package io.rewind.cli.client;

import io.rewind.event.Unwatch;
import io.rewind.event.Watch;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;

/** Which containers are captured. State, not events: it holds for a container that starts later, too. */
public final class Watches {
    private final Session session;

    public Watches(Session session) {
        this.session = session;
    }

    /** @param host empty: whichever has the container */
    public void watch(ContainerName container, String host, Duration interval) {
        session.send(
                Topics.CONTROL,
                key(container, host),
                Watch.newBuilder()
                        .setHost(host)
                        .setContainer(container.text())
                        .setIntervalMillis(interval.toMillis())
                        .setRequestedBy(Session.requester())
                        .setAt(Instant.now())
                        .build());
    }

    public void unwatch(ContainerName container, String host) {
        session.send(
                Topics.CONTROL,
                key(container, host),
                Unwatch.newBuilder()
                        .setHost(host)
                        .setContainer(container.text())
                        .setRequestedBy(Session.requester())
                        .setAt(Instant.now())
                        .build());
    }

    private static String key(ContainerName container, String host) {
        return "watch/" + host + "/" + container;
    }
}
