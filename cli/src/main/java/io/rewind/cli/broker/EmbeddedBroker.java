package io.rewind.cli.broker;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.service.Service;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One Kafka node, on loopback if nothing else is said, its data in one folder. The same folder comes up at the same
 * address with the same data, however the process before ended. Not for two processes at once: the caller holds the folder's lock.
 */
public final class EmbeddedBroker implements Service {
    private static final String LOOPBACK = "127.0.0.1";

    private final Path folder;
    private final String host;
    private final int wantedPort;
    private final long retentionBytes;
    private volatile State state = State.STARTING;
    private volatile String bootstrap = "";
    private Optional<KafkaRaftServer> server = Optional.empty();

    /**
     * @param wantedPort 0: the port of the last start, or any free one
     * @param retentionBytes most that a partition keeps on disk, whatever its topic's time says
     */
    public EmbeddedBroker(Path folder, int wantedPort, long retentionBytes) {
        this(folder, LOOPBACK, wantedPort, retentionBytes);
    }

    /** @param host address of this machine to listen on; whoever reaches it may read and write everything */
    public EmbeddedBroker(Path folder, String host, int wantedPort, long retentionBytes) {
        this.host = host;
        this.folder = folder;
        this.wantedPort = wantedPort;
        this.retentionBytes = retentionBytes;
    }

    @Override
    public String name() {
        return "broker";
    }

    /** {@code host:port}; empty before the start. */
    public String bootstrap() {
        return bootstrap;
    }

    /** @throws Fault PORT_TAKEN, BROKER_FAILED */
    @Override
    public synchronized void start() {
        try {
            Path data = Files.createDirectories(folder.resolve("data"));
            BrokerAddress address = BrokerAddress.in(folder, host, wantedPort);
            address.requireFree();
            format(address, data);
            KafkaRaftServer kafka = new KafkaRaftServer(
                    new KafkaConfig(BrokerProperties.of(address, data, retentionBytes), false), Time.SYSTEM);
            server = Optional.of(kafka);
            kafka.startup();
            bootstrap = address.bootstrap();
            state = State.RUNNING;
        } catch (Fault e) {
            state = State.FAILED;
            throw e;
        } catch (Exception e) {
            close();
            state = State.FAILED;
            throw new Fault(
                    BrokerFault.BROKER_FAILED,
                    Severity.FATAL,
                    "the embedded Kafka did not start: " + e.getMessage(),
                    e);
        }
    }

    /** Writes what a fresh folder needs; one that was interrupted or is complete already is left to be completed. */
    private static void format(BrokerAddress address, Path data) throws Exception {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setClusterId(address.clusterId())
                    .setNodeId(BrokerProperties.NODE)
                    .addDirectory(data.toString())
                    .setMetadataLogDirectory(data.toString())
                    .setControllerListenerName(BrokerProperties.CONTROLLER)
                    .setIgnoreFormatted(true)
                    .run();
        }
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public synchronized void close() {
        server.ifPresent(kafka -> {
            kafka.shutdown();
            kafka.awaitShutdown();
        });
        server = Optional.empty();
        state = State.STOPPED;
    }
}
