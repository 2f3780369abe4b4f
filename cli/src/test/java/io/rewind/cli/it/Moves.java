package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.cli.client.Captures;
import io.rewind.cli.client.PointChoice;
import io.rewind.cli.client.RestoreOrder;
import io.rewind.cli.client.Restores;
import io.rewind.cli.client.Session;
import io.rewind.event.PointCommitted;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import io.rewind.schemas.id.ContainerName;
import java.time.Duration;

/** What a person does with a container, as a test says it. */
record Moves(Session session) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    PointCommitted capture(String container) {
        return new Captures(session).now(new ContainerName(container), "", LIMIT);
    }

    RestoreProgress back(String container, String point) {
        return running(RestoreOrder.inPlace(new ContainerName(container), PointChoice.byId(point)));
    }

    RestoreProgress clone(String container, String point, String name) {
        return running(
                RestoreOrder.clone(new ContainerName(container), PointChoice.byId(point), new ContainerName(name)));
    }

    RestoreProgress running(RestoreOrder order) {
        RestoreProgress last = new Restores(session).run(order, each -> {});
        assertThat(last.getState())
                .as("%s: %s", last.getCode(), last.getMessage())
                .isEqualTo(RestoreState.RUNNING);
        return last;
    }

    static String id(PointCommitted point) {
        return point.getHeader().getPoint();
    }
}
