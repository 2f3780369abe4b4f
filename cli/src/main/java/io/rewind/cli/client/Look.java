package io.rewind.cli.client;

import io.rewind.restore.look.Moment;
import io.rewind.restore.points.PointSource;
import io.rewind.restore.points.TimelinePoints;
import io.rewind.schemas.client.StoreDirectory;
import io.rewind.schemas.id.ContainerName;
import java.time.Duration;
import java.time.Instant;

/** Points as the stores of a cluster have them, to be looked into. */
public final class Look implements AutoCloseable {
    private static final Duration STORE_ANNOUNCED = Duration.ofSeconds(30);

    private final PointSource source;

    public Look(Session session) {
        source = new TimelinePoints(new StoreDirectory(session.cluster()), session.access(), STORE_ANNOUNCED);
    }

    public PointSource source() {
        return source;
    }

    public Moment moment(ContainerName container, PointChoice point) {
        return Moment.find(source, container, point.record(), Instant.now());
    }

    @Override
    public void close() {
        source.close();
    }
}
