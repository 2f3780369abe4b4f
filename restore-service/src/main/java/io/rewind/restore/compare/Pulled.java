package io.rewind.restore.compare;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * What a source pushes, to be pulled: two such streams can be merged. The source runs on a thread of its own, at most
 * {@value #AHEAD} elements ahead. For one puller, who looks at the next element before taking it.
 */
final class Pulled<T> implements AutoCloseable {
    private static final int AHEAD = 256;

    private sealed interface Event<T> {
        record Element<T>(T value) implements Event<T> {}

        record End<T>(Optional<Throwable> failure) implements Event<T> {}
    }

    private final BlockingQueue<Event<T>> events = new ArrayBlockingQueue<>(AHEAD);
    private final Thread thread;
    private Optional<Event<T>> next = Optional.empty();

    Pulled(Consumer<Consumer<T>> source) {
        thread = Thread.ofVirtual().name("point-stream").start(() -> run(source));
    }

    private void run(Consumer<Consumer<T>> source) {
        Event<T> end;
        try {
            source.accept(value -> put(new Event.Element<>(value)));
            end = new Event.End<>(Optional.empty());
        } catch (RuntimeException | Error e) {
            end = new Event.End<>(Optional.of(e));
        }
        if (!Thread.currentThread().isInterrupted()) {
            put(end);
        }
    }

    private void put(Event<T> event) {
        try {
            events.put(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("no longer wanted", e);
        }
    }

    /** The next one, which stays; empty at the end. What the source threw is thrown here. */
    Optional<T> peek() {
        if (next.isEmpty()) {
            try {
                next = Optional.of(events.take());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        return switch (next.get()) {
            case Event.Element<T>(T value) -> Optional.of(value);
            case Event.End<T>(Optional<Throwable> failure) -> {
                failure.ifPresent(Pulled::rethrow);
                yield Optional.empty();
            }
        };
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        throw new IllegalStateException("a point cannot be read", failure);
    }

    /** The one that was looked at is done with. */
    void skip() {
        next = Optional.empty();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
