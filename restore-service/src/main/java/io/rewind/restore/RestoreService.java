package io.rewind.restore;

import io.micrometer.core.instrument.MeterRegistry;
import io.rewind.restore.request.RestoreLoop;
import io.rewind.restore.request.RestoreSettings;
import io.rewind.runtime.config.Settings;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.service.Service;
import java.util.Optional;

/** Restores containers of this host on request; one instance for each host. */
public final class RestoreService implements Service {
    private final RestoreSettings settings;
    private final Cluster cluster;
    private final MeterRegistry registry;
    private volatile State ended = State.STARTING;
    private volatile Optional<RestoreLoop> running = Optional.empty();

    /** @throws io.rewind.runtime.fault.Fault CONFIG_INVALID */
    public RestoreService(Settings settings, Cluster cluster, MeterRegistry registry) {
        this.settings = RestoreSettings.of(settings);
        this.cluster = cluster;
        this.registry = registry;
    }

    @Override
    public String name() {
        return "restore";
    }

    /** Also finishes or undoes what a service that died has left. */
    @Override
    public synchronized void start() {
        try {
            running = Optional.of(RestoreLoop.start(settings, cluster, registry));
        } catch (RuntimeException | Error e) {
            ended = State.FAILED;
            throw e;
        }
    }

    @Override
    public State state() {
        return running.map(RestoreLoop::state).orElse(ended);
    }

    @Override
    public synchronized void close() {
        running.ifPresent(RestoreLoop::close);
        running = Optional.empty();
        ended = State.STOPPED;
    }
}
