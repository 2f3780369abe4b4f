package io.rewind.cli.client;

import io.rewind.event.LazySource;
import io.rewind.event.PortBinding;
import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreRequested;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.id.RequestId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is to be restored, and as what.
 *
 * @param asName present: a clone of that name; empty: in place
 * @param ports of the clone
 * @param noUndo go back even where the present cannot be captured first
 * @param host where it is to run; empty: where the container is
 * @param force also on a host that differs from the one it was captured on
 * @param lazy where a clone's memory comes from after its start
 */
public record RestoreOrder(
        ContainerName container,
        PointChoice point,
        Optional<ContainerName> asName,
        List<PortBinding> ports,
        boolean noUndo,
        String host,
        boolean force,
        LazySource lazy) {
    public RestoreOrder {
        ports = List.copyOf(ports);
    }

    public static RestoreOrder inPlace(ContainerName container, PointChoice point) {
        return new RestoreOrder(container, point, Optional.empty(), List.of(), false, "", false, LazySource.LOCAL);
    }

    public static RestoreOrder clone(ContainerName container, PointChoice point, ContainerName name) {
        return new RestoreOrder(container, point, Optional.of(name), List.of(), false, "", false, LazySource.LOCAL);
    }

    RestoreRequested request(RequestId id, Instant now) {
        return RestoreRequested.newBuilder()
                .setRequest(id.text())
                .setAt(now)
                .setRequestedBy(Session.requester())
                .setContainer(container.text())
                .setPoint(point.record())
                .setMode(asName.isPresent() ? RestoreMode.CLONE : RestoreMode.IN_PLACE)
                .setHost(host)
                .setNewName(asName.map(ContainerName::text).orElse(""))
                .setPorts(ports)
                .setDiscardPresent(noUndo)
                .setForce(force)
                .setLazy(lazy)
                .build();
    }
}
