package io.rewind.cli.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.rewind.cli.folder.DataFolder;
import io.rewind.runtime.config.Settings;

/**
 * A node's own settings.
 *
 * @param brokerRetention bytes a partition keeps at most
 */
record NodeSettings(int brokerPort, long brokerRetention, int partitions, String metricsHost, int metricsPort) {

    /** The environment, over the folder's file, over the reference settings; the folder itself is given. */
    static Config config(DataFolder folder) {
        return ConfigFactory.parseString("")
                .withValue(
                        "rewind.data",
                        ConfigValueFactory.fromAnyRef(folder.path().toString()))
                .withFallback(ConfigFactory.systemEnvironmentOverrides())
                .withFallback(ConfigFactory.parseFile(folder.settings().toFile()))
                .withFallback(ConfigFactory.load())
                .resolve();
    }

    /** {@code config} with the broker at {@code bootstrap}, for the services. */
    static Settings withBroker(Config config, String bootstrap) {
        return new Settings(config.withValue("rewind.kafka.bootstrap", ConfigValueFactory.fromAnyRef(bootstrap))
                .withValue("rewind.kafka.instance", ConfigValueFactory.fromAnyRef("node")));
    }

    /** @throws io.rewind.runtime.fault.Fault CONFIG_INVALID */
    static NodeSettings of(Config config) {
        Settings settings = new Settings(config);
        NodeSettings read = new NodeSettings(
                settings.number("rewind.node.broker-port", 0, 65_535),
                settings.bytes("rewind.node.broker-retention", 64 << 20),
                settings.number("rewind.node.partitions", 1, 1_000),
                settings.text("rewind.node.metrics-host"),
                settings.number("rewind.node.metrics-port", 0, 65_535));
        settings.check();
        return read;
    }
}
