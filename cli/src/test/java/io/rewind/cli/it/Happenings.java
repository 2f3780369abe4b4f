package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rewind.cli.client.PointChoice;
import io.rewind.cli.client.RestoreOrder;
import io.rewind.cli.client.Restores;
import io.rewind.cli.client.Session;
import io.rewind.event.RestoreState;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;

/** Makes all happen that dashboards show, so that none of their queries is without an answer. */
record Happenings(Session session) {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** @param container one that is watched and has a point; it is put back on the way */
    void all(String container) {
        restoreAndFailTo(container);
        noise();
        Announced announced = new Announced(session.cluster());
        Docker.run("pause", container);
        assertThatThrownBy(() -> new Moves(session).capture(container)).hasMessageContaining("is paused");
        Docker.run("unpause", container);
        int before = announced.committed(container).size();
        await("points after the pause")
                .atMost(LIMIT)
                .until(() -> announced.committed(container).size() >= before + 2);
    }

    private void restoreAndFailTo(String name) {
        ContainerName container = new ContainerName(name);
        Moves moves = new Moves(session);
        String point = Moves.id(moves.capture(name));
        moves.back(name, point);
        RestoreOrder impossible = RestoreOrder.clone(container, PointChoice.byId(point), container);
        assertThat(new Restores(session).run(impossible, each -> {}).getState()).isEqualTo(RestoreState.FAILED);
    }

    private void noise() {
        try (Producer<byte[], byte[]> producer = session.cluster().producer("it", 1 << 20)) {
            EventPublisher publisher = new EventPublisher(producer);
            publisher.sendEncoded(Topics.CAPTURE, "x", "not ours".getBytes(StandardCharsets.UTF_8));
            publisher.flush();
        }
    }
}
