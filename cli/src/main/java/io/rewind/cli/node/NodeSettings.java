package io.rewind.cli.node;

import io.rewind.cli.folder.DataFolder;
import io.rewind.runtime.config.Settings;
import java.nio.file.Files;
import java.util.Optional;

/**
 * A node's own settings.
 *
 * @param brokerRetention bytes a partition keeps at most
 * @param keepCaptures whether captures stay when the encoder has taken them
 */
record NodeSettings(
        int brokerPort,
        long brokerRetention,
        boolean keepCaptures,
        int partitions,
        String metricsHost,
        int metricsPort) {

    /** The environment, over the folder's file, over the reference settings; the folder itself is given. */
    static Settings read(DataFolder folder) {
        return Settings.read(Optional.of(folder.settings()).filter(Files::exists))
                .with("rewind.data", folder.toString());
    }

    /** With the broker at {@code bootstrap}, for the services. */
    static Settings withBroker(Settings settings, String bootstrap) {
        return settings.with("rewind.kafka.bootstrap", bootstrap).with("rewind.kafka.instance", "node");
    }

    /** @throws io.rewind.runtime.fault.Fault CONFIG_INVALID */
    static NodeSettings of(Settings settings) {
        NodeSettings read = new NodeSettings(
                settings.number("rewind.node.broker-port", 0, 65_535),
                settings.bytes("rewind.node.broker-retention", 64 << 20),
                settings.flag("rewind.node.keep-captures"),
                settings.number("rewind.node.partitions", 1, 1_000),
                settings.text("rewind.node.metrics-host"),
                settings.number("rewind.node.metrics-port", 0, 65_535));
        settings.check();
        return read;
    }
}
