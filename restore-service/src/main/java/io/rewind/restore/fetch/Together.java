package io.rewind.restore.fetch;

import io.rewind.restore.code.RestoreCode;
import io.rewind.schemas.id.ChunkId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Gatherers;

/** The same work by several threads, to its end. */
public final class Together {
    /** Chunks of one question to the store, and of what a thread takes at a time. */
    static final int BATCH = 32;

    private static final int MOST_THREADS = 8;

    private Together() {}

    /** One more than there are processors, some wait for the store; for little work fewer. */
    public static int threads(int batches) {
        return Math.clamp(
                batches, 1, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors() + 1));
    }

    static List<List<ChunkId>> batches(Collection<ChunkId> chunks) {
        return chunks.stream().gather(Gatherers.windowFixed(BATCH)).toList();
    }

    /**
     * Returns when all threads have ended; throws what one of them threw.
     *
     * @param stop lets those that go on end soon
     */
    public static void run(int threads, Runnable work, Runnable stop) {
        if (threads == 1) {
            work.run();
            return;
        }
        try (ExecutorService executor = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("fetch-", 0).daemon().factory())) {
            List<Future<?>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                parts.add(executor.submit(() -> endingAllIfItFails(work, stop)));
            }
            try {
                parts.forEach(Together::result);
            } finally {
                stop.run();
            }
        }
    }

    /** Waits for it; throws what it threw. */
    static <T> T result(Future<T> part) {
        try {
            return part.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException failed) {
                throw failed;
            }
            if (cause instanceof Error failed) {
                throw failed;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RestoreCode.INTERRUPTED.because("The restore was interrupted while the point was fetched.", e);
        }
    }

    /**
     * Parts of some work, each done by one of several threads; as {@link #run}.
     *
     * @param work of one thread: takes parts until none is left
     */
    static <T> void share(List<T> parts, Consumer<Queue<T>> work) {
        Queue<T> left = new ConcurrentLinkedQueue<>(parts);
        run(threads(parts.size()), () -> work.accept(left), left::clear);
    }

    private static void endingAllIfItFails(Runnable work, Runnable stop) {
        boolean done = false;
        try {
            work.run();
            done = true;
        } finally {
            if (!done) {
                stop.run();
            }
        }
    }
}
