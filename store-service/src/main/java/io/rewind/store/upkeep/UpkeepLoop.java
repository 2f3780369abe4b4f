package io.rewind.store.upkeep;

import io.rewind.runtime.fault.Fault;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.metrics.StoreMetrics;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after one partition, on a thread of its own. Collecting takes turns with other partitions, and at most a
 * twentieth of the time.
 */
public final class UpkeepLoop implements AutoCloseable {
    private static final int REST = 19;
    private static final Logger log = LoggerFactory.getLogger(UpkeepLoop.class);

    private final Upkeep upkeep;
    private final Duration interval;
    private final Semaphore turns;
    private final StoreMetrics metrics;
    private final Thread thread;
    private long notBefore = System.nanoTime();

    /** @param turns a permit for each collection that may run at a time in this process */
    public UpkeepLoop(int partition, Upkeep upkeep, Duration interval, Semaphore turns, StoreMetrics metrics) {
        this.upkeep = upkeep;
        this.interval = interval;
        this.turns = turns;
        this.metrics = metrics;
        this.thread =
                Thread.ofPlatform().daemon().name("store-upkeep-" + partition).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(interval);
                attempt();
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void attempt() throws InterruptedException {
        try {
            upkeep.retain();
            if (System.nanoTime() - notBefore >= 0 && upkeep.isDue()) {
                collect();
            }
        } catch (Fault fault) {
            if (fault.code() != StoreFault.STORE_CLOSING) {
                metrics.upkeepFailed(fault.code().name());
                log.warn("the store's upkeep will be tried again: {}", fault.sentence());
            }
        } catch (RuntimeException e) {
            metrics.upkeepFailed("UNEXPECTED");
            log.error("the store's upkeep failed and will be tried again", e);
        }
    }

    private void collect() throws InterruptedException {
        turns.acquire();
        long begin = System.nanoTime();
        try {
            upkeep.collect();
        } finally {
            turns.release();
            notBefore = System.nanoTime() + REST * (System.nanoTime() - begin);
        }
    }

    /** Returns at once: whatever it still does ends when the database says that it is being closed. */
    @Override
    public void close() {
        thread.interrupt();
        upkeep.close();
    }
}
