package io.rewind.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.service.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionLoopTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final byte[] BYTES = {1};

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final List<Long> effects = new CopyOnWriteArrayList<>();
    private final List<Long> rejected = new CopyOnWriteArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger settleFailures = new AtomicInteger();
    private final AtomicInteger reportFailures = new AtomicInteger();
    private final PartitionLoop loop =
            new PartitionLoop("loop", consumer, "t", _ -> new Collecting(), (record, _) -> report(record.offset()));

    /** What it takes has its effect only when it settles. */
    private final class Collecting implements PartitionHandler {
        private final List<Long> pending = new ArrayList<>();
        private OptionalLong next = OptionalLong.empty();

        Collecting() {
            if (opened.getAndIncrement() > 0) {
                // the mock forgets what it has delivered
                consumer.schedulePollTask(PartitionLoopTest.this::fill);
            }
        }

        @Override
        public OptionalLong startOffset() {
            return OptionalLong.empty();
        }

        @Override
        public void accept(ConsumerRecord<byte[], byte[]> record) {
            if (record.offset() == 5) {
                throw new Fault(KafkaFault.PUBLISH_FAILED, Severity.REJECTED, "the fifth");
            }
            pending.add(record.offset());
            next = OptionalLong.of(record.offset() + 1);
        }

        @Override
        public OptionalLong settle() {
            if (next.isPresent() && settleFailures.getAndDecrement() > 0) {
                throw new Fault(KafkaFault.PUBLISH_FAILED, Severity.RETRYABLE, "not now");
            }
            effects.addAll(pending);
            pending.clear();
            return next;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private void report(long offset) {
        if (reportFailures.getAndDecrement() > 0) {
            throw new Fault(KafkaFault.PUBLISH_FAILED, Severity.RETRYABLE, "not now");
        }
        rejected.add(offset);
    }

    private void fill() {
        for (long offset = 3; offset < 9; offset++) {
            consumer.addRecord(new ConsumerRecord<>("t", 0, offset, BYTES, BYTES));
        }
    }

    @BeforeEach
    void assign() {
        consumer.updateBeginningOffsets(Map.of(PARTITION, 3L));
        consumer.schedulePollTask(() -> {
            consumer.rebalance(Set.of(PARTITION));
            fill();
        });
    }

    @AfterEach
    void close() {
        loop.close();
    }

    private void awaitCommitted(long offset) {
        await().untilAsserted(() -> assertThat(consumer.committed(Set.of(PARTITION)))
                .containsEntry(PARTITION, new OffsetAndMetadata(offset)));
    }

    @Test
    void whatIsSettledIsCommittedAndWhatIsRejectedReported() {
        loop.start();
        awaitCommitted(9);
        assertThat(effects).containsExactly(3L, 4L, 6L, 7L, 8L);
        assertThat(rejected).containsExactly(5L);
    }

    @Test
    void I4_settlingThatFailsForNowStartsOverFromWhatWasCommitted() {
        settleFailures.set(2);
        loop.start();
        awaitCommitted(9);
        assertThat(effects).containsExactly(3L, 4L, 6L, 7L, 8L);
        assertThat(opened).hasValue(3);
        assertThat(closed).hasValue(2);
        assertThat(loop.state()).isEqualTo(Service.State.RUNNING);
    }

    @Test
    void I11_aDeadLetterThatDoesNotArriveStartsOver() {
        reportFailures.set(1);
        loop.start();
        awaitCommitted(9);
        assertThat(effects).containsExactly(3L, 4L, 6L, 7L, 8L);
        assertThat(rejected).containsExactly(5L);
        assertThat(opened).hasValue(2);
    }

    @Test
    void stoppingLeavesToOthersWhatCannotBeSettled() {
        settleFailures.set(Integer.MAX_VALUE);
        loop.start();
        await().untilAsserted(() -> assertThat(opened).hasValueGreaterThan(1));
        loop.close();
        assertThat(loop.state()).isEqualTo(Service.State.STOPPED);
        assertThat(effects).isEmpty();
        assertThat(closed).hasValue(opened.get());
    }
}
