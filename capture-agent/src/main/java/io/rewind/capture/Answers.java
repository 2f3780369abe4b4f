package io.rewind.capture;

import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.topic.EventPublisher;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What somebody is waiting to hear. Thread-safe. */
final class Answers {
    private static final Logger log = LoggerFactory.getLogger(Answers.class);

    private final EventPublisher publisher;

    Answers(EventPublisher publisher) {
        this.publisher = publisher;
    }

    /** Sends it at once; whoever asked gives up waiting for what does not arrive. */
    synchronized void send(String topic, String key, SpecificRecord answer) {
        try {
            publisher.send(topic, key, answer);
            publisher.flush();
        } catch (Fault e) {
            log.warn("an answer did not arrive: {}", e.sentence());
        }
    }
}
