package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.cli.client.Maintenance;
import io.rewind.cli.client.Points;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointExpired;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pins, prunes and verifies a real container's points, and goes back to one that stayed. */
@ExtendWith(LiveNode.class)
class MaintenanceIT {
    @Test
    void I5_aPrunedTimelineIsProvedAndStillRestores(LiveNode.Live live) {
        try (Docker docker = new Docker()) {
            String name = docker.name("prune");
            docker.start(name, "rewind-test/perl", "/bin/sh", "-c", "n=0; while :; do n=$((n+1)); echo $n >/n; done");
            ContainerName container = new ContainerName(name);
            Moves moves = new Moves(live.session());
            List<String> points = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                points.add(Moves.id(moves.capture(name)));
            }
            Maintenance maintenance = new Maintenance(live.session());
            PointCommitted pinned = maintenance.pin(container, new PointId(points.get(2)), true);
            assertThat(Moves.id(pinned)).isEqualTo(points.get(2));
            assertThat(maintenance.prune(container, Optional.of("1/w"), false, false))
                    .extracting(Moves::id)
                    .isEqualTo(List.of(points.get(1), points.get(3)));
            assertThat(new Points(live.session()).of(container))
                    .extracting(Moves::id)
                    .isEqualTo(List.of(points.get(0), points.get(2), points.get(4)));
            // Others write noise to the topic.
            byte[] timeline = Topics.key(pinned.getHeader().getTimeline());
            assertThat(new Announced(live.session().cluster())
                            .records(Topics.POINTS).stream()
                                    .filter(record -> Arrays.equals(record.key(), timeline))
                                    .map(record -> Wire.decode(record.value()))
                                    .filter(PointExpired.class::isInstance)
                                    .map(expired -> ((PointExpired) expired).getPoint())
                                    .filter(points::contains))
                    .containsExactly(points.get(1), points.get(3));
            var proved = maintenance.verify(Optional.of(container), _ -> {}, damage -> {
                throw new AssertionError(damage);
            });
            assertThat(proved.getPoints()).isEqualTo(3);
            moves.back(name, points.get(2));
            docker.exec(name, "cat", "/n");
        }
    }
}
