package io.rewind.cli.client;

import io.rewind.event.PreflightAnswered;
import io.rewind.event.PreflightRequested;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.id.RequestId;
import io.rewind.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a container can be captured, as the agent on its host sees it. */
public final class Preflights {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Session session;

    public Preflights(Session session) {
        this.session = session;
    }

    /**
     * Asks, and waits for the answer; empty when no host has a container of that name that runs.
     *
     * @param host empty: whichever has the container
     */
    public Optional<PreflightAnswered> of(ContainerName container, String host) {
        String request = RequestId.random().text();
        PreflightRequested question = PreflightRequested.newBuilder()
                .setHost(host)
                .setContainer(container.text())
                .setRequest(request)
                .setRequestedBy(Session.requester())
                .setAt(Instant.now())
                .build();
        return session.ask(
                "preflight/" + host + "/" + container,
                question,
                Topics.CONTROL,
                LIMIT,
                record -> record instanceof PreflightAnswered answer
                                && answer.getRequest().equals(request)
                        ? Optional.of(answer)
                        : Optional.empty());
    }
}
