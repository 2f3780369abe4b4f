package io.rewind.cli.broker;

import io.rewind.cli.security.Authority;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A broker that speaks only TLS, with whom it knows by SCRAM, and allows nothing but what ACLs say. */
public final class SecuredBroker implements AutoCloseable {
    private final BrokerAddress address;
    private final KafkaRaftServer server;

    /** @param password of the user admin, who may do everything */
    public SecuredBroker(Path folder, Authority.Identity own, Path authorities, String password) throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        address = BrokerAddress.in(folder, "127.0.0.1", 0);
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setClusterId(address.clusterId())
                    .setNodeId(BrokerProperties.NODE)
                    .addDirectory(data.toString())
                    .setMetadataLogDirectory(data.toString())
                    .setControllerListenerName(BrokerProperties.CONTROLLER)
                    .setScramArguments(List.of("SCRAM-SHA-512=[name=admin,password=" + password + "]"))
                    .run();
        }
        Map<String, String> p = BrokerProperties.of(address, data, 64 << 20);
        String controller = BrokerProperties.CONTROLLER + "://" + address.host() + ":" + address.controllerPort();
        p.put("listeners", "SASL_SSL://" + address.bootstrap() + "," + controller);
        p.put("advertised.listeners", "SASL_SSL://" + address.bootstrap());
        p.put("listener.security.protocol.map", "SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT");
        p.put("inter.broker.listener.name", "SASL_SSL");
        p.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        p.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
        p.put(
                "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"admin\" password=\""
                        + password + "\";");
        p.put("ssl.keystore.type", "PEM");
        p.put("ssl.keystore.location", own.both().toString());
        p.put("ssl.truststore.type", "PEM");
        p.put("ssl.truststore.location", authorities.toString());
        p.put("authorizer.class.name", RecordingAuthorizer.class.getName());
        // Whoever reaches the controller, here only the broker itself.
        p.put("super.users", "User:admin;User:ANONYMOUS");
        server = new KafkaRaftServer(new KafkaConfig(p, false), Time.SYSTEM);
        server.startup();
    }

    public String bootstrap() {
        return address.bootstrap();
    }

    /** Rights that were made use of. */
    public static Set<RecordingAuthorizer.Use> used() {
        return Set.copyOf(RecordingAuthorizer.ALLOWED);
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
