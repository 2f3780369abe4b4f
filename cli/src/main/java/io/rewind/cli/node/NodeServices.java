package io.rewind.cli.node;

import io.micrometer.core.instrument.MeterRegistry;
import io.rewind.capture.CaptureAgent;
import io.rewind.encoder.EncoderService;
import io.rewind.restore.RestoreService;
import io.rewind.runtime.config.Settings;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.service.Service;
import io.rewind.store.StoreService;
import java.util.List;
import java.util.function.Supplier;

/**
 * The services of a node: the one place that constructs them.
 *
 * @param inOrder of start: who reads a topic comes before who writes it
 * @param watched the containers being captured
 */
record NodeServices(List<Service> inOrder, Supplier<List<CaptureAgent.Watched>> watched) {

    static NodeServices of(Settings settings, Cluster cluster, MeterRegistry registry) {
        CaptureAgent agent = new CaptureAgent(settings, cluster, registry);
        return new NodeServices(
                List.of(
                        new StoreService(settings, cluster, registry),
                        new EncoderService(settings, cluster, registry),
                        new RestoreService(settings, cluster, registry),
                        agent),
                agent::watched);
    }
}
