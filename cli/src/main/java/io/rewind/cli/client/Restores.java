package io.rewind.cli.client;

import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.id.RequestId;
import io.rewind.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** Restores by message, followed to their end. */
public final class Restores {
    private static final Duration ACCEPTED_WITHIN = Duration.ofSeconds(30);
    private static final Duration NEWS_WITHIN = Duration.ofMinutes(5);

    private final Session session;

    public Restores(Session session) {
        this.session = session;
    }

    /**
     * Returns the last message: RUNNING or FAILED.
     *
     * @param each told every message, the last one too
     * @throws Fault NO_ANSWER: what becomes of the request is not known here
     */
    public RestoreProgress run(RestoreOrder order, Consumer<RestoreProgress> each) {
        return run(order, each, news -> true);
    }

    /**
     * Returns only when all memory is there, too. Until then the rest of it may get lost: FAILED, and undone.
     *
     * @throws Fault as {@link #run}
     */
    public RestoreProgress runUntilWhole(RestoreOrder order, Consumer<RestoreProgress> each) {
        return run(order, each, news -> news.getMemoryMillis() >= 0);
    }

    /** Only asks; returns when the request is safe. */
    public void send(RequestId id, RestoreOrder order) {
        session.send(Topics.RESTORE_REQUESTS, id.text(), order.request(id, Instant.now()));
    }

    private RestoreProgress run(
            RestoreOrder order, Consumer<RestoreProgress> each, Predicate<RestoreProgress> runningIsTheEnd) {
        RequestId id = RequestId.random();
        try (Feed results = session.follow(Topics.RESTORE_RESULTS)) {
            send(id, order);
            Duration patience = ACCEPTED_WITHIN;
            while (true) {
                RestoreProgress news =
                        results.await(patience, record -> of(record, id)).orElseThrow(() -> silent(id));
                each.accept(news);
                RestoreState state = news.getState();
                if (state == RestoreState.FAILED || (state == RestoreState.RUNNING && runningIsTheEnd.test(news))) {
                    return news;
                }
                patience = NEWS_WITHIN;
            }
        }
    }

    private static Optional<RestoreProgress> of(SpecificRecord record, RequestId id) {
        return record instanceof RestoreProgress news && news.getRequest().equals(id.text())
                ? Optional.of(news)
                : Optional.empty();
    }

    private static Fault silent(RequestId id) {
        return new Fault(
                CallFault.NO_ANSWER,
                Severity.RETRYABLE,
                "no restore service answers to request " + id + "; is one running? see `rewind status`");
    }
}
