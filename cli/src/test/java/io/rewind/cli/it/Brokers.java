package io.rewind.cli.it;

import static org.awaitility.Awaitility.await;

import io.rewind.cli.client.Session;
import io.rewind.runtime.kafka.Cluster;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/** Three Kafka nodes, each a broker and a controller, each a process of its own; topics have three replicas. */
final class Brokers implements AutoCloseable {
    static final int NODES = 3;

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String CONTROLLER = "CONTROLLER";

    private final Path folder;
    private final String cluster = Uuid.randomUuid().toString();
    private final List<Integer> ports = new ArrayList<>();
    private final TreeMap<Integer, Process> running = new TreeMap<>();

    Brokers(Path folder) {
        this.folder = folder;
        while (ports.size() < 2 * NODES) {
            // Below what Linux hands out to outgoing connections, so that a port stays free while its node is down.
            int port = RandomGenerator.getDefault().nextInt(20_000, 32_000);
            if (!ports.contains(port) && isFree(port)) {
                ports.add(port);
            }
        }
        IntStream.range(0, NODES).forEach(this::format);
        IntStream.range(0, NODES).forEach(this::start);
        awaitAll();
    }

    String bootstrap() {
        return IntStream.range(0, NODES).mapToObj(this::broker).collect(Collectors.joining(","));
    }

    private String broker(int node) {
        return "127.0.0.1:" + ports.get(node);
    }

    private String controller(int node) {
        return "127.0.0.1:" + ports.get(NODES + node);
    }

    void start(int node) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path", ""),
                "kafka.Kafka",
                folder.resolve(node + ".properties").toString());
        try {
            Path said = folder.resolve(node + ".out");
            running.put(
                    node,
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Until each of them is one of the cluster. */
    void awaitAll() {
        try (Admin admin = Cluster.at(bootstrap()).admin("it")) {
            await("brokers")
                    .atMost(LIMIT)
                    .ignoreExceptions()
                    .until(() -> admin.describeCluster()
                                    .nodes()
                                    .get(5, TimeUnit.SECONDS)
                                    .size()
                            == NODES);
        }
    }

    /** Until no partition lacks a replica that is up to date: another node may go then. */
    void awaitReplicas(Session session) {
        try (Admin admin = session.cluster().admin("it")) {
            await("replicas").atMost(LIMIT).ignoreExceptions().until(() -> {
                List<String> names = List.copyOf(admin.listTopics().names().get(5, TimeUnit.SECONDS));
                return admin.describeTopics(names).allTopicNames().get(5, TimeUnit.SECONDS).values().stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .allMatch(partition -> partition.isr().size() == NODES);
            });
        }
    }

    /** SIGKILL. */
    void kill(int node) {
        Process process = running.remove(node);
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    private void format(int node) {
        Path data = folder.resolve("data-" + node);
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
                Writer file = Files.newBufferedWriter(folder.resolve(node + ".properties"))) {
            Files.createDirectories(data);
            properties(node, data).store(file, null);
            new Formatter()
                    .setPrintStream(nowhere)
                    .setClusterId(cluster)
                    .setNodeId(node + 1)
                    .addDirectory(data.toString())
                    .setMetadataLogDirectory(data.toString())
                    .setControllerListenerName(CONTROLLER)
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Properties properties(int node, Path data) {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", Integer.toString(node + 1));
        p.put(
                "controller.quorum.voters",
                IntStream.range(0, NODES)
                        .mapToObj(n -> (n + 1) + "@" + controller(n))
                        .collect(Collectors.joining(",")));
        p.put("controller.listener.names", CONTROLLER);
        p.put("listeners", "PLAINTEXT://" + broker(node) + "," + CONTROLLER + "://" + controller(node));
        p.put("advertised.listeners", "PLAINTEXT://" + broker(node));
        p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.put("inter.broker.listener.name", "PLAINTEXT");
        p.put("log.dirs", data.toString());
        p.put("auto.create.topics.enable", "false");
        p.put("default.replication.factor", "3");
        p.put("min.insync.replicas", "2");
        p.put("offsets.topic.replication.factor", "3");
        p.put("offsets.topic.num.partitions", "4");
        p.put("transaction.state.log.replication.factor", "3");
        p.put("transaction.state.log.min.isr", "2");
        p.put("transaction.state.log.num.partitions", "1");
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("log.segment.bytes", Integer.toString(16 << 20));
        p.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20));
        return p;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        IntStream.range(0, NODES).forEach(this::kill);
    }
}
