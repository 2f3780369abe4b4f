package io.rewind.encoder;

import io.rewind.event.Rebase;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.kafka.TopicReader;
import io.rewind.runtime.service.Service;
import io.rewind.schemas.wire.Wire;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the rebases asked for on {@code rewind.control} since it was made. What else is there, also what cannot be
 * read, is left to those it concerns. Reads on a thread of its own; the count may be read by any.
 */
final class RebaseWatch implements Service {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Logger log = LoggerFactory.getLogger(RebaseWatch.class);

    private final TopicReader reader;
    private final AtomicLong rebases = new AtomicLong();
    private final Thread thread;
    private volatile boolean stopping;
    private volatile State state = State.STARTING;

    /** @param reader of the control topic from its end, owned from now on */
    RebaseWatch(TopicReader reader) {
        this.reader = reader;
        this.thread = Thread.ofPlatform().name("encoder-control").unstarted(this::run);
    }

    long rebases() {
        return rebases.get();
    }

    @Override
    public String name() {
        return "encoder-control";
    }

    @Override
    public void start() {
        state = State.RUNNING;
        thread.start();
    }

    @Override
    public State state() {
        return state;
    }

    private void run() {
        State last = State.STOPPED;
        try (reader) {
            while (!stopping) {
                reader.poll(POLL).forEach(this::take);
            }
        } catch (WakeupException e) {
            log.debug("woken up to stop");
        } catch (KafkaException | IllegalStateException e) {
            log.error("control messages are not heard any more", e);
            last = State.FAILED;
        } finally {
            state = last;
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null) {
            return;
        }
        try {
            if (Wire.decode(value) instanceof Rebase rebase) {
                log.info("rebase of {}: {}; known blocks are forgotten", rebase.getTimeline(), rebase.getReason());
                rebases.incrementAndGet();
            }
        } catch (Fault fault) {
            log.debug("control offset {}: {}", record.offset(), fault.sentence());
        }
    }

    @Override
    public void close() {
        stopping = true;
        if (state == State.STARTING) {
            reader.close();
            state = State.STOPPED;
            return;
        }
        reader.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
