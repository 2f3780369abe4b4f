package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.PointCommitted;
import io.rewind.schemas.topic.Topics;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** I4: everything that was ever delivered is delivered again to the running services, and nothing changes. */
class ReplayIT {
    @ParameterizedTest
    @ValueSource(strings = {Topics.CHUNKS, Topics.CAPTURE})
    void I4_replayChangesNothing(String topic) throws Exception {
        try (LiveNode.Live live = new LiveNode.Live("rewind.node.keep-captures = true");
                Docker docker = new Docker();
                Producer<byte[], byte[]> producer = live.session().cluster().producer("it", 8 << 20)) {
            String name = docker.name("replay");
            docker.start(name, "rewind-test/perl", "/bin/sh", "-c", "n=0; while :; do n=$((n+1)); echo $n >/n; done");
            Moves moves = new Moves(live.session());
            for (int i = 0; i < 4; i++) {
                moves.capture(name);
            }
            Announced announced = new Announced(live.session().cluster());
            List<PointCommitted> before = announced.points();
            assertThat(before).hasSize(4);
            var contents = announced.contents(before);

            for (ConsumerRecord<byte[], byte[]> record : announced.records(topic)) {
                Future<?> sent =
                        producer.send(new ProducerRecord<>(topic, record.partition(), record.key(), record.value()));
                sent.get();
            }
            // What comes after the replay in the same partition has passed through all of it.
            PointCommitted after = moves.capture(name);

            List<PointCommitted> now = announced.points();
            assertThat(now.subList(0, 4)).isEqualTo(before);
            assertThat(now)
                    .extracting(p -> p.getHeader().getPoint())
                    .endsWith(Moves.id(after))
                    .hasSize(5);
            assertThat(announced.contents(before)).isEqualTo(contents);
        }
    }
}
