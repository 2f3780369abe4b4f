package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.PointCommitted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Services on a broker in a container. Not of the suite: {@code ./rewind test composed} makes the image first, where there is
 * no registry.
 */
class KafkaImage {
    private static final String FILE = "/count";
    private static final String IMAGE =
            Optional.ofNullable(System.getenv("KAFKA_IMAGE")).orElse("apache/kafka:4.4.0");

    @Test
    void aContainerIsCapturedAndPutBackOverTheBrokerOfAnImage() throws IOException {
        try (Apart apart = new Apart(KafkaImage::start);
                Docker docker = new Docker()) {
            Moves moves = new Moves(apart.session());
            String name = docker.name("on-image");
            docker.startCounting(name, FILE);
            PointCommitted first = moves.capture(name);
            docker.exec(name, "touch", "/since");
            PointCommitted second = moves.capture(name);

            moves.back(name, Moves.id(first));
            docker.awaitMore(name, FILE);
            assertThat(docker.exec(name, "ls", "/")).doesNotContain("since").doesNotContain("broken");

            moves.back(name, Moves.id(second));
            docker.awaitMore(name, FILE);
            assertThat(docker.exec(name, "ls", "/")).contains("since").doesNotContain("broken");
        }
    }

    private static Apart.Kafka start(Path folder) {
        KafkaContainer container =
                new KafkaContainer(DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("apache/kafka"));
        container.start();
        return new Apart.Kafka(container.getBootstrapServers(), container::stop);
    }
}
