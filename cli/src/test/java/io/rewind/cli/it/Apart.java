package io.rewind.cli.it;

import io.rewind.cli.broker.EmbeddedBroker;
import io.rewind.cli.client.Session;
import io.rewind.cli.service.ServiceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The services apart: a broker in this JVM, each service a process of its own, told by one file. */
final class Apart implements AutoCloseable {
    private final Path folder;
    private final Path config;
    private final EmbeddedBroker broker;
    private final Session session;
    private final Map<ServiceKind, ServiceProcess> services = new EnumMap<>(ServiceKind.class);

    Apart() throws IOException {
        folder = Files.createTempDirectory("rewind-it-apart-");
        broker = new EmbeddedBroker(folder.resolve("broker"), 0, 4L << 30);
        broker.start();
        session = new Session(broker.bootstrap());
        config = Files.writeString(
                folder.resolve("rewind.conf"), """
                rewind.kafka.bootstrap = "%s"
                rewind.kafka.topics.partitions = 2
                rewind.data = "%s"
                # what is proved here is not how fast a busy machine captures
                rewind.capture.freeze-limit = 20s
                rewind.logging { format = json, level = debug }
                rewind.service.metrics-port { agent = 0, encoder = 0, store = 0, restore = 0 }
                """.formatted(broker.bootstrap(), folder.resolve("data")));
        List.of(ServiceKind.values()).forEach(this::start);
        List.of(ServiceKind.values()).forEach(this::endpoint);
    }

    Session session() {
        return session;
    }

    String bootstrap() {
        return broker.bootstrap();
    }

    void start(ServiceKind kind) {
        services.put(kind, new ServiceProcess(kind, config, folder.resolve(kind + ".out")));
    }

    ServiceProcess service(ServiceKind kind) {
        return Optional.ofNullable(services.get(kind)).orElseThrow();
    }

    /** Once it is ready. */
    String endpoint(ServiceKind kind) {
        return service(kind).endpoint();
    }

    List<String> endpoints() {
        return Stream.of(ServiceKind.values()).map(this::endpoint).toList();
    }

    @Override
    public void close() {
        session.close();
        services.values().forEach(ServiceProcess::kill);
        broker.close();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
