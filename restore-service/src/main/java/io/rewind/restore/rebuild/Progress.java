package io.rewind.restore.rebuild;

import java.time.Duration;
import java.util.function.IntConsumer;

/**
 * Chunks that came, as percent. Tells only now and then: whoever is told makes the one who tells wait. A chunk used twice
 * may come twice. Thread-safe.
 */
final class Progress {
    private static final int STEP = 5;
    private static final long REST = Duration.ofMillis(250).toNanos();

    private final int all;
    private final IntConsumer told;
    private int come;
    private int last;
    private boolean ended;
    private long lastAt = System.nanoTime();

    Progress(int all, IntConsumer told) {
        this.all = all;
        this.told = told;
    }

    /** Nobody is told of what comes from now on. */
    synchronized void end() {
        ended = true;
    }

    synchronized void oneMore() {
        come++;
        int percent = (int) Math.min(99L, 100L * come / all);
        if (!ended && percent >= last + STEP && System.nanoTime() - lastAt > REST) {
            last = percent;
            told.accept(percent);
            lastAt = System.nanoTime();
        }
    }
}
