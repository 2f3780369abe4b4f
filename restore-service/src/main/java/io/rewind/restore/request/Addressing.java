package io.rewind.restore.request;

import io.rewind.event.RestoreRequested;
import io.rewind.restore.engine.Engine;
import io.rewind.restore.points.PointSource;
import io.rewind.restore.resolve.Homes;
import io.rewind.restore.resolve.Subject;
import io.rewind.restore.resolve.Subjects;
import io.rewind.runtime.fault.Fault;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Requests that name no host: of all hosts one takes each, and passes it on to the host that it is for, under its id. What
 * is for no host is taken here, to be refused once. Passed on twice, it is done once: its host remembers.
 */
final class Addressing {
    private final String host;
    private final Engine engine;
    private final PointSource points;
    private final Restores here;
    private final Consumer<RestoreRequested> passOn;

    /** @param passOn returns when the request is safe */
    Addressing(Bench bench, Restores here, Consumer<RestoreRequested> passOn) {
        this.host = bench.host();
        this.engine = bench.engine();
        this.points = bench.points();
        this.here = here;
        this.passOn = passOn;
    }

    void accept(RestoreRequested request) {
        if (!request.getHost().isEmpty()) {
            return;
        }
        Optional<String> elsewhere = elsewhere(request.getContainer());
        if (elsewhere.isPresent()) {
            passOn.accept(RestoreRequested.newBuilder(request)
                    .setHost(elsewhere.get())
                    .build());
        } else {
            here.take(request);
        }
    }

    private Optional<String> elsewhere(String container) {
        try {
            Subject subject = new Subjects(engine, points).find(container);
            Homes.requireOne(points, container);
            return subject.container().isPresent()
                    ? Optional.empty()
                    : Optional.of(subject.captured().host()).filter(home -> !home.equals(host));
        } catch (Fault e) {
            // Taken here it meets the same, and is answered.
            return Optional.empty();
        }
    }
}
