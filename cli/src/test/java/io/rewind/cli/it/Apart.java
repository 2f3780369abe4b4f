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
import java.util.function.Function;
import java.util.stream.Stream;

/** The services apart: a broker in this JVM, each service a process of its own, told by one file. */
final class Apart implements AutoCloseable {
    private final Path folder;
    private final Path config;
    private final Kafka kafka;
    private final Session session;
    private final Map<ServiceKind, ServiceProcess> services = new EnumMap<>(ServiceKind.class);

    /** A broker that runs, and how to end it. */
    record Kafka(String bootstrap, Runnable end) {}

    /** On an embedded broker. */
    Apart() throws IOException {
        this(Apart::embedded);
    }

    /** @param kafka starts a broker, which may use the folder */
    Apart(Function<Path, Kafka> kafka) throws IOException {
        folder = Files.createTempDirectory("rewind-it-apart-");
        this.kafka = kafka.apply(folder.resolve("broker"));
        session = new Session(bootstrap());
        config = Files.writeString(folder.resolve("rewind.conf"), """
                rewind.kafka.bootstrap = "%s"
                rewind.kafka.topics.partitions = 2
                rewind.data = "%s"
                # what is proved here is not how fast a busy machine captures
                rewind.capture.freeze-limit = 20s
                rewind.logging { format = json, level = debug }
                rewind.service.metrics-port { agent = 0, encoder = 0, store = 0, restore = 0 }
                """.formatted(bootstrap(), folder.resolve("data")));
        List.of(ServiceKind.values()).forEach(this::start);
        List.of(ServiceKind.values()).forEach(this::endpoint);
    }

    Session session() {
        return session;
    }

    String bootstrap() {
        return kafka.bootstrap();
    }

    private static Kafka embedded(Path folder) {
        EmbeddedBroker broker = new EmbeddedBroker(folder, 0, 4L << 30);
        broker.start();
        return new Kafka(broker.bootstrap(), broker::close);
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
        kafka.end().run();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
