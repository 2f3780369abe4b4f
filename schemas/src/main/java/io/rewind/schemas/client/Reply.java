package io.rewind.schemas.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The answer to one streaming call, pulled by one thread. At most {@value #AHEAD} messages wait to be pulled, and half of
 * them are asked for at once, since each request wakes the one who answers; closing before the end cancels the call.
 */
final class Reply<T> implements AutoCloseable {
    private static final int AHEAD = 8;

    private sealed interface Event<T> {
        record Message<T>(T value) implements Event<T> {}

        record End<T>(Status status) implements Event<T> {}
    }

    private final ClientCall<?, T> call;
    private final BlockingQueue<Event<T>> events = new LinkedBlockingQueue<>();
    private final long patienceMillis;
    private int pulled;
    private boolean ended;

    private Reply(ClientCall<?, T> call, Duration limit) {
        this.call = call;
        // The call's own deadline ends it; this only guards against a transport that does not say so.
        this.patienceMillis = limit.plusSeconds(5).toMillis();
    }

    static <Q, T> Reply<T> to(Channel channel, MethodDescriptor<Q, T> method, Q question, Duration limit) {
        ClientCall<Q, T> call =
                channel.newCall(method, CallOptions.DEFAULT.withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS));
        Reply<T> reply = new Reply<>(call, limit);
        call.start(reply.new Listener(), new Metadata());
        call.request(AHEAD);
        call.sendMessage(question);
        call.halfClose();
        return reply;
    }

    /** The next message; empty at the end. @throws StatusRuntimeException when the call failed */
    Optional<T> next() {
        if (ended) {
            return Optional.empty();
        }
        switch (await()) {
            case Event.Message<T>(T value) -> {
                if (++pulled % (AHEAD / 2) == 0) {
                    call.request(AHEAD / 2);
                }
                return Optional.of(value);
            }
            case Event.End<T>(Status status) -> {
                ended = true;
                if (!status.isOk()) {
                    throw status.asRuntimeException();
                }
                return Optional.empty();
            }
        }
    }

    private Event<T> await() {
        try {
            Event<T> event = events.poll(patienceMillis, TimeUnit.MILLISECONDS);
            return event != null ? event : new Event.End<>(Status.DEADLINE_EXCEEDED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Event.End<>(Status.CANCELLED.withDescription("interrupted"));
        }
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            call.cancel("no longer wanted", new StatusRuntimeException(Status.CANCELLED));
        }
    }

    private final class Listener extends ClientCall.Listener<T> {
        @Override
        public void onMessage(T message) {
            events.add(new Event.Message<>(message));
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            events.add(new Event.End<>(status));
        }
    }
}
