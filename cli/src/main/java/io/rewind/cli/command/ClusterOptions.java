package io.rewind.cli.command;

import io.rewind.cli.node.RunningNode;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cluster to talk to. */
final class ClusterOptions {
    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Any Kafka cluster with Rewind's topics, instead of the node of this machine.")
    private Optional<String> bootstrap = Optional.empty();

    @Mixin
    private NodeOptions node = new NodeOptions();

    /** @throws io.rewind.runtime.fault.Fault NODE_NOT_RUNNING */
    String bootstrap() {
        return bootstrap.orElseGet(
                () -> RunningNode.require(node.folder()).file().bootstrap());
    }
}
