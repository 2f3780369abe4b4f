package io.rewind.cli.service;

import io.rewind.cli.output.LogSetup;
import io.rewind.runtime.config.Settings;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.Right;
import io.rewind.runtime.kafka.Rights;
import io.rewind.runtime.kafka.TopicSetup;
import io.rewind.runtime.metrics.MetricsEndpoint;
import io.rewind.runtime.metrics.ProcessMeters;
import io.rewind.runtime.priority.Priority;
import io.rewind.runtime.service.Service;
import io.rewind.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service that has this process to itself until the process is told to end (SIGTERM, SIGINT), or the service fails. */
public final class ServiceProgram {
    private static final Duration KAFKA_ANSWERS = Duration.ofSeconds(60);
    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final ProgramSettings settings;
    private final Cluster cluster;
    private final MetricsEndpoint endpoint;
    private final Service service;
    private final List<Right> rights;

    /**
     * Connects to nothing.
     *
     * @throws Fault CONFIG_INVALID naming all that is wrong
     */
    public ServiceProgram(ServiceKind kind, Settings given) {
        LogSetup.apply("logback-service.xml", given);
        this.settings = ProgramSettings.of(kind, given);
        this.cluster = Cluster.of(given);
        this.endpoint = new MetricsEndpoint(settings.metricsHost(), settings.metricsPort());
        this.service = kind.make(given, cluster, endpoint.registry());
        this.rights = kind.rights(given);
    }

    /** Does not return before the end. @throws Fault when the service cannot start or go on, with what to do about it */
    public void run() {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::stop));
        ProcessMeters.bind(endpoint.registry(), List.of(service), settings.data());
        endpoint.watch(() -> Map.of(service.name(), service.state()));
        endpoint.start();
        if (settings.createTopics()) {
            TopicSetup.ensure(cluster, Topics.all(settings.partitions()), settings.replicas(), KAFKA_ANSWERS);
        }
        Rights.require(cluster, rights, KAFKA_ANSWERS);
        service.start();
        log().info(
                        "{} ready, metrics at http://{}:{}/metrics",
                        service.name(),
                        settings.metricsHost(),
                        endpoint.port());
        // Whoever started it waited until here.
        boolean _ = Priority.stepBack(settings.nice());
        awaitEnd();
    }

    /** The class itself is loaded before it is settled how to log. */
    private static Logger log() {
        return LoggerFactory.getLogger(ServiceProgram.class);
    }

    private void awaitEnd() {
        try {
            while (service.state() == Service.State.RUNNING) {
                Thread.sleep(GLANCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (service.state() == Service.State.FAILED) {
            throw new Fault(
                    ServiceFault.SERVICE_FAILED,
                    Severity.FATAL,
                    service.name() + " stopped by a fault; its log above says which, starting it again loses nothing");
        }
    }

    private void stop() {
        log().info("{} is told to end", service.name());
        service.close();
        endpoint.close();
        log().info("{} ended", service.name());
    }
}
