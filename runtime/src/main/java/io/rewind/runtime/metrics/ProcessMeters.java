package io.rewind.runtime.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.rewind.runtime.service.Service;
import java.nio.file.Path;
import java.util.List;

/** What every process tells of itself: its services, the disk its data is on, and Micrometer's own view of the JVM. */
public final class ProcessMeters {
    static final Metric RUNNING =
            Metric.gauge("rewind_service_running", "1 while the service does its work, 0 otherwise", "service");
    static final Metric FREE =
            Metric.gauge("rewind_disk_free_bytes", "Bytes left for us on the disk that rewind.data is on");
    static final Metric SIZE = Metric.gauge("rewind_disk_size_bytes", "Bytes of the disk that rewind.data is on");
    public static final List<Metric> ALL = List.of(RUNNING, FREE, SIZE);

    private ProcessMeters() {}

    public static void bind(MeterRegistry registry, List<? extends Service> services, Path data) {
        Meters meters = new Meters(registry);
        services.forEach(service ->
                meters.gauge(RUNNING, service, each -> each.state() == Service.State.RUNNING ? 1 : 0, service.name()));
        meters.gauge(FREE, data, folder -> (double) folder.toFile().getUsableSpace());
        meters.gauge(SIZE, data, folder -> (double) folder.toFile().getTotalSpace());
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }
}
