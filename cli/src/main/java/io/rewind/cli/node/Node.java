package io.rewind.cli.node;

import com.sun.management.OperatingSystemMXBean;
import io.rewind.cli.broker.EmbeddedBroker;
import io.rewind.cli.folder.DataFolder;
import io.rewind.cli.folder.FolderLock;
import io.rewind.cli.output.Json;
import io.rewind.runtime.config.Settings;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.TopicSetup;
import io.rewind.runtime.metrics.MetricsEndpoint;
import io.rewind.runtime.metrics.ProcessMeters;
import io.rewind.runtime.service.Service;
import io.rewind.runtime.service.Services;
import io.rewind.schemas.topic.Topics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node in this JVM: lock, broker, topics, endpoint, services, {@code node.json}; taken down in reverse. A start
 * that fails leaves nothing running.
 */
public final class Node implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Node.class);
    private static final Duration BROKER_ANSWERS = Duration.ofSeconds(60);

    private final DataFolder folder;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    public Node(DataFolder folder) {
        this.folder = folder;
    }

    /** @throws Fault when it cannot run, with what to do about it */
    public synchronized NodeFile start() {
        try {
            open.push(FolderLock.take(folder));
            Files.deleteIfExists(folder.node());
            NodeFile ready = startInOrder();
            ready.write(folder);
            open.push(() -> Files.deleteIfExists(folder.node()));
            log.info("ready: Kafka at {}, metrics at {}", ready.bootstrap(), ready.metrics());
            return ready;
        } catch (IOException e) {
            close();
            throw new Fault(
                    NodeFault.NODE_NOT_STARTED, Severity.FATAL, "the folder " + folder + " cannot be written", e);
        } catch (RuntimeException | Error e) {
            log.error("the node did not start", e);
            close();
            throw e;
        }
    }

    private NodeFile startInOrder() {
        Settings given = NodeSettings.read(folder);
        NodeSettings settings = NodeSettings.of(given);
        EmbeddedBroker broker = new EmbeddedBroker(folder.broker(), settings.brokerPort(), settings.brokerRetention());
        startAll(new Services(List.of(broker)));
        Settings here = NodeSettings.withBroker(given, broker.bootstrap());
        Cluster cluster = Cluster.of(here);
        TopicSetup.ensure(cluster, Topics.all(settings.partitions()), (short) 1, BROKER_ANSWERS);

        MetricsEndpoint endpoint = new MetricsEndpoint(settings.metricsHost(), settings.metricsPort());
        NodeServices services = NodeServices.of(here, cluster, endpoint.registry());
        List<Service> rest = new ArrayList<>(List.of(endpoint));
        rest.addAll(services.inOrder());
        if (!settings.keepCaptures()) {
            rest.add(new TakenCaptures(
                    cluster, here.text("rewind.encoder.group"), machineMemory(), Duration.ofSeconds(10)));
        }
        ProcessMeters.bind(endpoint.registry(), services.inOrder(), folder.path());
        Services running = new Services(rest);
        endpoint.watch(running::states);
        startAll(running);

        String http = "http://" + settings.metricsHost() + ":" + endpoint.port();
        long pid = ProcessHandle.current().pid();
        NodeFile ready = new NodeFile(
                pid,
                ProcessStart.of(pid).orElse(0),
                Instant.now().toString(),
                broker.bootstrap(),
                http + "/metrics",
                http + "/status");
        endpoint.page("/status", () -> {
            Map<String, Service.State> states = running.states();
            states.put(broker.name(), broker.state());
            return Json.text(NodeStatus.of(
                    ready, folder.toString(), states, services.watched().get()));
        });
        return ready;
    }

    private static long machineMemory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    private void startAll(Services services) {
        services.start();
        open.push(services);
    }

    /** Waits for what is under way; may be called twice. */
    @Override
    public synchronized void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                log.error("not stopped cleanly", e);
            }
        }
    }
}
