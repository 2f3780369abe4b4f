package io.rewind.restore.request;

import io.rewind.event.LazySource;
import io.rewind.event.PointCommitted;
import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreRequested;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.engine.Engine;
import io.rewind.restore.engine.Inspected;
import io.rewind.restore.journal.Target;
import io.rewind.restore.journal.Target.Way;
import io.rewind.restore.points.PointSource;
import io.rewind.restore.policy.Policy;
import io.rewind.restore.resolve.Homes;
import io.rewind.restore.resolve.PointChoice;
import io.rewind.restore.resolve.Subject;
import io.rewind.restore.resolve.Subjects;
import io.rewind.schemas.id.ContainerName;
import java.time.Instant;

/** From a request to the target it works on; touches nothing. */
final class Resolution {
    static final String RUNTIME = "rewind";

    private final Policy policy;
    private final Engine engine;
    private final PointSource points;

    Resolution(Policy policy, Engine engine, PointSource points) {
        this.policy = policy;
        this.engine = engine;
        this.points = points;
    }

    Target resolve(RestoreRequested request, Instant now) {
        if (request.getMode() == RestoreMode.EXPORT) {
            throw RestoreCode.MODE_UNSUPPORTED.because(
                    "A point is exported where the files are to be: `rewind restore --export DIR`.");
        }
        if (request.getLazy() == LazySource.REMOTE && request.getMode() != RestoreMode.CLONE) {
            throw RestoreCode.MODE_UNSUPPORTED.because(
                    "Only a clone can be started before its memory is here; in place, all of it is brought first.");
        }
        if (request.getHost().isEmpty()) {
            Homes.requireOne(points, request.getContainer());
        }
        Subject subject = new Subjects(engine, points).find(request.getContainer());
        policy.check(request.getRequestedBy(), subject.name());
        PointCommitted point =
                PointChoice.choose(request.getPoint(), points.points(subject.timeline()), request.getAt(), now);
        if (!engine.hasRuntime(RUNTIME)) {
            throw RestoreCode.RUNTIME_MISSING.because("The engine has no runtime \"" + RUNTIME
                    + "\"; register it in the engine's daemon.json as the launcher does.");
        }
        String pointId = point.getHeader().getPoint();
        return request.getMode() == RestoreMode.CLONE
                ? clone(request, subject, pointId)
                : inPlace(request, subject, pointId);
    }

    private Target clone(RestoreRequested request, Subject subject, String point) {
        String name = new ContainerName(request.getNewName()).text();
        if (engine.inspect(name).isPresent()) {
            throw RestoreCode.NAME_TAKEN.because("There is a container " + name + " already; choose another name.");
        }
        return new Target(Way.CLONE, name, "", false, subject.timeline().text(), point);
    }

    private Target inPlace(RestoreRequested request, Subject subject, String point) {
        Inspected container = subject.container()
                .orElseThrow(() -> RestoreCode.CONTAINER_UNKNOWN.because("The container of " + request.getContainer()
                        + " is gone; its points can still be opened as a clone."));
        boolean itself = container.runtime().equals(RUNTIME) && !container.autoRemove();
        return new Target(
                itself ? Way.IN_PLACE : Way.REPLACED,
                container.name(),
                container.id(),
                container.running(),
                subject.timeline().text(),
                point);
    }
}
