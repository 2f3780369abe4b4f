package io.rewind.cli.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The settings of a Kafka that is alone on one machine and must be small. */
final class BrokerProperties {
    static final int NODE = 1;
    static final String CONTROLLER = "CONTROLLER";

    private BrokerProperties() {}

    static Map<String, String> of(BrokerAddress address, Path data, long retentionBytes) {
        String controller = address.host() + ":" + address.controllerPort();
        Map<String, String> p = new TreeMap<>();
        p.put("process.roles", "broker,controller");
        p.put("node.id", Integer.toString(NODE));
        p.put("controller.quorum.voters", NODE + "@" + controller);
        p.put("controller.listener.names", CONTROLLER);
        p.put("listeners", "PLAINTEXT://" + address.bootstrap() + "," + CONTROLLER + "://" + controller);
        p.put("advertised.listeners", "PLAINTEXT://" + address.bootstrap());
        p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.put("inter.broker.listener.name", "PLAINTEXT");
        p.put("log.dirs", data.toString());
        p.put("auto.create.topics.enable", "false");
        p.put("default.replication.factor", "1");
        p.put("min.insync.replicas", "1");
        p.put("offsets.topic.replication.factor", "1");
        p.put("offsets.topic.num.partitions", "4");
        p.put("transaction.state.log.replication.factor", "1");
        p.put("transaction.state.log.min.isr", "1");
        p.put("transaction.state.log.num.partitions", "1");
        p.put("share.coordinator.state.topic.replication.factor", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        // Consumers of a node that has just started should not wait for companions that never come.
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("log.segment.bytes", Integer.toString(64 << 20));
        p.put("log.retention.bytes", Long.toString(retentionBytes));
        p.put("log.retention.check.interval.ms", "30000");
        p.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20));
        p.put("num.network.threads", "2");
        // As large as the system makes them: records are near a mebibyte, and each filling of a buffer is a wake-up.
        p.put("socket.send.buffer.bytes", "-1");
        p.put("socket.receive.buffer.bytes", "-1");
        p.put("num.io.threads", "4");
        p.put("num.recovery.threads.per.data.dir", "2");
        return p;
    }
}
