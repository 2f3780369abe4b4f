package io.rewind.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.TopicReader;
import io.rewind.runtime.kafka.TopicSetup;
import io.rewind.schemas.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    private static final String LOOPBACK = "127.0.0.1";

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int RECORDS = 200;

    @TempDir
    private Path folder;

    @Test
    void killedAndStartedAgainItHasTheSameAddressAndAllRecords() throws Exception {
        String bootstrap;
        try (BrokerProcess first = BrokerProcess.start(folder)) {
            bootstrap = first.bootstrap();
            TopicSetup.ensure(Cluster.at(bootstrap), Topics.all(2), (short) 1, LIMIT);
            produce(bootstrap);
        }
        try (BrokerProcess second = BrokerProcess.start(folder)) {
            assertThat(second.bootstrap()).isEqualTo(bootstrap);
            assertThat(read(bootstrap)).containsExactlyInAnyOrderElementsOf(expected());
            TopicSetup.ensure(Cluster.at(bootstrap), Topics.all(2), (short) 1, LIMIT);
        }
    }

    @Test
    void stoppedAndStartedInOneProcessItHasTheSameAddress() {
        EmbeddedBroker first = new EmbeddedBroker(folder, 0, 64 << 20);
        first.start();
        String bootstrap = first.bootstrap();
        first.close();
        first.close();
        try (EmbeddedBroker second = new EmbeddedBroker(folder, 0, 64 << 20)) {
            second.start();
            assertThat(second.bootstrap()).isEqualTo(bootstrap);
        }
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        BrokerAddress address = BrokerAddress.in(folder, LOOPBACK, 0);
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), address.port()));
            try (EmbeddedBroker broker = new EmbeddedBroker(folder, 0, 64 << 20)) {
                assertThatThrownBy(broker::start)
                        .isInstanceOfSatisfying(
                                Fault.class, f -> assertThat(f.code()).isEqualTo(BrokerFault.PORT_TAKEN))
                        .hasMessageContaining(Integer.toString(address.port()));
            }
        }
    }

    private static List<String> expected() {
        return IntStream.range(0, RECORDS).mapToObj(i -> "record " + i).toList();
    }

    private static void produce(String bootstrap) throws Exception {
        try (Producer<byte[], byte[]> producer = Cluster.at(bootstrap).producer("test", 4 << 20)) {
            List<Future<?>> sent = new ArrayList<>();
            for (String text : expected()) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                sent.add(producer.send(new ProducerRecord<>(Topics.CAPTURE, bytes, bytes)));
            }
            for (Future<?> each : sent) {
                each.get();
            }
        }
    }

    private static List<String> read(String bootstrap) {
        List<String> found = new ArrayList<>();
        try (TopicReader reader =
                TopicReader.fromBeginning(Cluster.at(bootstrap).reader("test"), Topics.CAPTURE)) {
            while (!reader.caughtUp()) {
                reader.poll(Duration.ofMillis(100))
                        .forEach(record -> found.add(new String(record.value(), StandardCharsets.UTF_8)));
            }
        }
        return found;
    }
}
