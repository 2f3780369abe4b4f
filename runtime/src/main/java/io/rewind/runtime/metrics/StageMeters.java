package io.rewind.runtime.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.kafka.PartitionHandler;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What every stage that reads a topic tells: how far it is behind, and what it put aside. */
public final class StageMeters {
    static final Metric LAG = Metric.gauge(
            "rewind_stage_lag_seconds",
            "Age of the newest record that the stage has taken, 0 while there is nothing to take",
            "stage",
            "partition");
    static final Metric DEADLETTERS = Metric.counter(
            "rewind_deadletters_total", "Records put aside because they could not be read", "stage", "code");
    public static final List<Metric> ALL = List.of(LAG, DEADLETTERS);

    private final Meters meters;
    private final String stage;

    public StageMeters(MeterRegistry registry, String stage) {
        this.meters = new Meters(registry);
        this.stage = stage;
    }

    /** The same handlers, measured. */
    public Function<TopicPartition, PartitionHandler> handlers(Function<TopicPartition, PartitionHandler> handlers) {
        return partition -> new Measured(handlers.apply(partition), Integer.toString(partition.partition()));
    }

    /** The same, counted once it is safe. */
    public BiConsumer<ConsumerRecord<byte[], byte[]>, Fault> deadLetters(
            BiConsumer<ConsumerRecord<byte[], byte[]>, Fault> deadLetters) {
        return (record, reason) -> {
            deadLetters.accept(record, reason);
            meters.counter(DEADLETTERS, stage, reason.code().name()).increment();
        };
    }

    /** The lag grows between records: whoever is stuck in one is seen to be. */
    private final class Measured implements PartitionHandler {
        private static final long NONE = -1;

        private final PartitionHandler handler;
        private final Gauge lag;
        private volatile long taken = NONE;
        private boolean idle = true;

        Measured(PartitionHandler handler, String partition) {
            this.handler = handler;
            this.lag = meters.gauge(LAG, this, Measured::lag, stage, partition);
        }

        private double lag() {
            long newest = taken;
            return newest == NONE ? 0 : Math.max(0, System.currentTimeMillis() - newest) / 1000.0;
        }

        @Override
        public OptionalLong startOffset() {
            return handler.startOffset();
        }

        @Override
        public void accept(ConsumerRecord<byte[], byte[]> record) {
            taken = record.timestamp();
            idle = false;
            handler.accept(record);
        }

        @Override
        public OptionalLong settle() {
            OptionalLong settled = handler.settle();
            if (idle) {
                taken = NONE;
            }
            idle = true;
            return settled;
        }

        @Override
        public void close() {
            meters.remove(lag);
            handler.close();
        }
    }
}
