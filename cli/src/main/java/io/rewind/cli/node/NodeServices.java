package io.rewind.cli.node;

import io.micrometer.core.instrument.MeterRegistry;
import io.rewind.runtime.config.Settings;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.service.Service;
import java.util.List;
import java.util.function.Supplier;

/**
 * The services of a node: the one place that constructs them.
 *
 * @param inOrder of start: who reads a topic comes before who writes it
 * @param watched the containers being captured, as a JSON array
 */
record NodeServices(List<Service> inOrder, Supplier<String> watched) {

    static NodeServices of(Settings settings, Cluster cluster, MeterRegistry registry) {
        return new NodeServices(List.of(), () -> "[]");
    }
}
