package io.rewind.cli.service;

import io.rewind.runtime.config.Settings;
import java.nio.file.Path;

/**
 * What every service that is a program of its own is told beside its own settings.
 *
 * @param nice how far it steps back for containers
 * @param data folder of everything that is kept
 * @param createTopics whether missing ones are created, with so many partitions and replicas
 */
record ProgramSettings(
        int nice,
        Path data,
        String metricsHost,
        int metricsPort,
        boolean createTopics,
        int partitions,
        short replicas) {

    /** Does not check: the service's own settings come after. */
    static ProgramSettings of(ServiceKind kind, Settings settings) {
        return new ProgramSettings(
                settings.number("rewind.nice", 0, 19),
                settings.path("rewind.data"),
                settings.text("rewind.service.metrics-host"),
                settings.number("rewind.service.metrics-port." + kind, 0, 65_535),
                settings.flag("rewind.kafka.topics.create"),
                settings.number("rewind.kafka.topics.partitions", 1, 1_000),
                (short) settings.number("rewind.kafka.topics.replicas", 1, 100));
    }
}
