package io.rewind.cli.client;

import io.rewind.event.PointCommitted;
import io.rewind.read.Damage;
import io.rewind.read.VerifyProgress;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.client.MaintenanceClient;
import io.rewind.schemas.client.StoreAccess;
import io.rewind.schemas.client.TimelineClient;
import io.rewind.schemas.client.TimelineInfo;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.id.PointId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeping what the stores have in order. */
public final class Maintenance {
    private final List<String> stores;
    private final StoreAccess access;

    public Maintenance(Session session) {
        this.stores = session.stores();
        this.access = session.access();
    }

    /** Keeps a point whatever the policy says, or no longer. @throws Fault CONTAINER_UNKNOWN, POINT_UNKNOWN */
    public PointCommitted pin(ContainerName container, PointId point, boolean pinned) {
        MaintenanceClient client = new MaintenanceClient(stores, access);
        try (TimelineClient reader = new TimelineClient(stores, access)) {
            for (String timeline : timelines(container, reader)) {
                boolean here = reader.points(timeline).stream()
                        .anyMatch(stored -> stored.getHeader().getPoint().equals(point.text()));
                if (here) {
                    return client.pin(timeline, point.text(), pinned);
                }
            }
        }
        throw new Fault(
                CallFault.POINT_UNKNOWN,
                Severity.REJECTED,
                container + " has no point " + point + "; `rewind points " + container + "` lists them");
    }

    /**
     * Lets go of what the policy does not keep; see {@link MaintenanceClient#prune}.
     *
     * @throws Fault CONTAINER_UNKNOWN
     */
    public List<PointCommitted> prune(ContainerName container, Optional<String> keep, boolean stay, boolean dryRun) {
        MaintenanceClient client = new MaintenanceClient(stores, access);
        try (TimelineClient reader = new TimelineClient(stores, access)) {
            return timelines(container, reader).stream()
                    .flatMap(timeline -> client.prune(timeline, keep, stay, dryRun).stream())
                    .sorted(Comparator.comparing(point -> point.getHeader().getCaptured()))
                    .toList();
        }
    }

    /**
     * Has everything read and proved, or what one container needs.
     *
     * @return what was read; damage is told as it is found
     * @throws Fault CONTAINER_UNKNOWN
     */
    public VerifyProgress verify(
            Optional<ContainerName> container, Consumer<VerifyProgress> progress, Consumer<Damage> damage) {
        MaintenanceClient client = new MaintenanceClient(stores, access);
        List<VerifyProgress> ends = new ArrayList<>();
        if (container.isEmpty()) {
            ends.addAll(client.verifyAll(progress, damage));
        } else {
            try (TimelineClient reader = new TimelineClient(stores, access)) {
                timelines(container.get(), reader)
                        .forEach(timeline -> ends.add(client.verify(timeline, progress, damage)));
            }
        }
        return ends.stream().reduce(VerifyProgress.getDefaultInstance(), Maintenance::sum);
    }

    private static VerifyProgress sum(VerifyProgress one, VerifyProgress other) {
        return VerifyProgress.newBuilder()
                .setPoints(one.getPoints() + other.getPoints())
                .setPointsInAll(one.getPointsInAll() + other.getPointsInAll())
                .setChunks(one.getChunks() + other.getChunks())
                .setChunksInAll(one.getChunksInAll() + other.getChunksInAll())
                .setBytes(one.getBytes() + other.getBytes())
                .build();
    }

    private static List<String> timelines(ContainerName container, TimelineClient reader) {
        List<String> timelines = reader.timelines(container.text()).stream()
                .map(TimelineInfo::timeline)
                .toList();
        if (timelines.isEmpty()) {
            throw new Fault(
                    CallFault.CONTAINER_UNKNOWN,
                    Severity.REJECTED,
                    "there are no points of a container " + container + "; capture one with `rewind capture "
                            + container + "`");
        }
        return timelines;
    }
}
