package io.rewind.cli.command;

import io.rewind.cli.client.Session;
import io.rewind.cli.node.RunningNode;
import io.rewind.runtime.config.Settings;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cluster to talk to, and as whom. */
final class ClusterOptions {
    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Any Kafka cluster with Rewind's topics, instead of the node of this machine.")
    private Optional<String> bootstrap = Optional.empty();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings that say where the cluster is and who asks, likewise; see docs/security.md.")
    private Optional<Path> config = Optional.empty();

    @Mixin
    private NodeOptions node = new NodeOptions();

    /** @throws io.rewind.runtime.fault.Fault NODE_NOT_RUNNING, CONFIG_INVALID */
    Session session() {
        if (bootstrap.isEmpty() && config.isEmpty()) {
            return new Session(RunningNode.require(node.folder()).file().bootstrap());
        }
        Settings settings = Settings.read(config);
        return new Session(bootstrap
                .map(address -> settings.with("rewind.kafka.bootstrap", address))
                .orElse(settings));
    }
}
