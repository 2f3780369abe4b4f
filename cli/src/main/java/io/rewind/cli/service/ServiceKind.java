package io.rewind.cli.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.rewind.capture.CaptureAgent;
import io.rewind.encoder.EncoderService;
import io.rewind.restore.RestoreService;
import io.rewind.runtime.config.Settings;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.Right;
import io.rewind.runtime.service.Service;
import io.rewind.schemas.topic.Access;
import io.rewind.store.StoreService;
import java.util.List;
import java.util.Locale;

/** The services by the names that people call them. */
public enum ServiceKind {
    AGENT,
    ENCODER,
    STORE,
    RESTORE;

    /**
     * Reads and checks settings, connects to nothing.
     *
     * @throws io.rewind.runtime.fault.Fault CONFIG_INVALID naming every fault of the settings read so far
     */
    Service make(Settings settings, Cluster cluster, MeterRegistry registry) {
        return switch (this) {
            case AGENT -> new CaptureAgent(settings, cluster, registry);
            case ENCODER -> new EncoderService(settings, cluster, registry);
            case STORE -> new StoreService(settings, cluster, registry);
            case RESTORE -> new RestoreService(settings, cluster, registry);
        };
    }

    /** What the cluster must allow it. */
    List<Right> rights(Settings settings) {
        return switch (this) {
            case AGENT -> Access.AGENT.rights();
            case ENCODER -> Access.ENCODER.rights(settings.text("rewind.encoder.group"));
            case STORE -> Access.STORE.rights(Access.STORE_GROUP);
            case RESTORE ->
                Access.RESTORE.rights(Access.RESTORE_GROUPS + settings.hostName(), Access.UNADDRESSED_GROUP);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
