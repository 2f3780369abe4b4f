package io.rewind.encoder.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class EncoderMetricsTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final EncoderMetrics metrics = new EncoderMetrics(registry);

    @Test
    void namesFollowPrometheus() {
        metrics.broken("POINT_DAMAGED");
        try (EncoderMetrics.PartitionGauges gauges = metrics.partition(3)) {
            gauges.cacheEntries().set(15);
            assertThat(registry.scrape())
                    .contains(
                            "rewind_encoder_points_total",
                            "rewind_encoder_points_broken_total{code=\"POINT_DAMAGED\"} 1.0",
                            "rewind_encoder_blocks_total{outcome=\"stored\"}",
                            "rewind_encoder_raw_bytes_total",
                            "rewind_encoder_encoded_bytes_total",
                            "rewind_encoder_records_skipped_total",
                            "rewind_encoder_cache_entries{partition=\"3\"} 15.0");
        }
        assertThat(registry.scrape()).doesNotContain("partition=\"3\"");
    }
}
