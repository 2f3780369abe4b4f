package io.rewind.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.kafka.KafkaFault;
import io.rewind.runtime.kafka.PartitionHandler;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class StageMetersTest {
    private static final long HOUR = 3_600_000;

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final StageMeters stage = new StageMeters(registry, "encoder");
    private final PartitionHandler handler =
            stage.handlers(partition -> new Taking()).apply(new TopicPartition("t", 3));

    private static final class Taking implements PartitionHandler {
        private OptionalLong next = OptionalLong.empty();

        @Override
        public OptionalLong startOffset() {
            return OptionalLong.of(5);
        }

        @Override
        public void accept(ConsumerRecord<byte[], byte[]> record) {
            next = OptionalLong.of(record.offset() + 1);
        }

        @Override
        public OptionalLong settle() {
            return next;
        }

        @Override
        public void close() {
            next = OptionalLong.empty();
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(long time) {
        return new ConsumerRecord<>(
                "t",
                3,
                7,
                time,
                TimestampType.CREATE_TIME,
                1,
                1,
                new byte[1],
                new byte[1],
                new RecordHeaders(),
                Optional.empty());
    }

    private double lag() {
        return registry.get("rewind_stage_lag_seconds")
                .tags("stage", "encoder", "partition", "3")
                .gauge()
                .value();
    }

    @Test
    void theLagIsTheAgeOfWhatWasTakenUntilThereIsNothingMoreToTake() {
        assertThat(handler.startOffset()).hasValue(5);
        assertThat(lag()).isZero();
        handler.accept(record(System.currentTimeMillis() - HOUR));
        assertThat(lag()).isBetween(3600.0, 3700.0);
        assertThat(handler.settle()).hasValue(8);
        assertThat(lag()).as("more may be waiting").isBetween(3600.0, 3700.0);
        assertThat(handler.settle()).hasValue(8);
        assertThat(lag()).isZero();
        handler.close();
        assertThat(registry.find("rewind_stage_lag_seconds").meters()).isEmpty();
    }

    @Test
    void I11_whatIsPutAsideIsCountedOnceItIsSafe() {
        Fault reason = new Fault(KafkaFault.PUBLISH_FAILED, Severity.REJECTED, "damaged");
        stage.deadLetters((record, fault) -> assertThat(
                                registry.find("rewind_deadletters_total").meters())
                        .isEmpty())
                .accept(record(0), reason);
        assertThat(registry.get("rewind_deadletters_total")
                        .tags("stage", "encoder", "code", "PUBLISH_FAILED")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
