package io.rewind.capture;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.TopicReader;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows {@code rewind.control} from its beginning on a thread of its own. */
final class ControlReader implements AutoCloseable {
    /** Takes messages one after another on the reader's thread. */
    interface Listener {
        /** @param past it was there before this agent started: state counts, demands do not */
        void message(SpecificRecord message, boolean past);

        /** All that was there has been told. */
        void caughtUp();
    }

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Logger log = LoggerFactory.getLogger(ControlReader.class);

    private final TopicReader reader;
    private final BiConsumer<ConsumerRecord<byte[], byte[]>, Fault> deadLetters;
    private final Listener listener;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean stopping;

    ControlReader(Cluster cluster, BiConsumer<ConsumerRecord<byte[], byte[]>, Fault> deadLetters, Listener listener) {
        this.reader = TopicReader.fromBeginning(cluster.reader("rewind-capture-control"), Topics.CONTROL);
        this.deadLetters = deadLetters;
        this.listener = listener;
        this.thread = Thread.ofPlatform().name("capture-control").unstarted(this::run);
    }

    /** Returns when all that was there has been told. */
    void start() throws InterruptedException {
        thread.start();
        ready.await();
    }

    private void run() {
        try (reader) {
            boolean caughtUp = false;
            while (!stopping) {
                if (!caughtUp && reader.caughtUp()) {
                    caughtUp = true;
                    listener.caughtUp();
                    ready.countDown();
                }
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    tell(record);
                }
            }
        } catch (WakeupException e) {
            log.debug("control reader ends");
        } catch (KafkaException e) {
            log.error("control messages can no longer be read", e);
        } finally {
            ready.countDown();
        }
    }

    private void tell(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        boolean past = reader.isPast(record);
        try {
            listener.message(Wire.decode(record.value()), past);
        } catch (Fault fault) {
            log.warn("control message at offset {} rejected: {}", record.offset(), fault.sentence());
            if (!past) {
                deadLetters.accept(record, fault);
            }
        }
    }

    @Override
    public void close() {
        stopping = true;
        reader.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
