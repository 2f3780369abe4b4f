package io.rewind.cli.reference;

import io.rewind.capture.CaptureMetrics;
import io.rewind.encoder.metrics.EncoderMetrics;
import io.rewind.restore.request.RestoreMetrics;
import io.rewind.runtime.metrics.Metric;
import io.rewind.runtime.metrics.ProcessMeters;
import io.rewind.runtime.metrics.StageMeters;
import io.rewind.store.metrics.StoreMetrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** docs/metrics.md, made of what the components say they count. */
public final class MetricsPage {
    private static final String HEAD = """
            # Metrics

            Generated from the code; CONTRIBUTING.md says how.

            Every process answers `/metrics` (Prometheus), `/health` (503 once a service has failed) and `/ready` (200 once
            all are running) on its metrics port. Times have `_count`, `_sum` and `_max`, histograms `_bucket` besides; units
            are seconds and bytes. A container that is no longer watched loses its series; codes are those of
            the faults in the code, so that no label grows with what others send. Beside these there are Micrometer's
            `jvm_memory_…` and `process_cpu_…`.

            `monitoring/` holds alerts, dashboards and a Prometheus configuration made of them. The number that matters is how
            old the newest restorable point of each container is:

                time() - max by (host, container) (rewind_store_newest_point_timestamp_seconds)
            """;

    private MetricsPage() {}

    /** All families, by who shows them. */
    public static Map<String, List<Metric>> families() {
        Map<String, List<Metric>> families = new LinkedHashMap<>();
        families.put("Agent", CaptureMetrics.ALL);
        families.put("Encoder", EncoderMetrics.ALL);
        families.put("Store", StoreMetrics.ALL);
        families.put("Restore service", RestoreMetrics.ALL);
        families.put("Every stage that reads a topic", StageMeters.ALL);
        families.put("Every process", ProcessMeters.ALL);
        return families;
    }

    static String text() {
        StringBuilder text = new StringBuilder(HEAD);
        families().forEach((who, metrics) -> {
            text.append("\n## ").append(who).append("\n\n| name | kind | labels | what |\n|---|---|---|---|\n");
            metrics.forEach(metric -> text.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            metric.name(),
                            metric.kind().name().toLowerCase(Locale.ROOT),
                            String.join(", ", metric.labels()),
                            metric.help())));
        });
        return text.toString();
    }
}
