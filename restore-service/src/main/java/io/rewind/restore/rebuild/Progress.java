package io.rewind.restore.rebuild;

import java.util.function.IntConsumer;

/** Chunks that came, as percent; tells only when five more are full. A chunk used twice may come twice. */
final class Progress {
    private static final int STEP = 5;

    private final int all;
    private final IntConsumer told;
    private int come;
    private int last;

    Progress(int all, IntConsumer told) {
        this.all = all;
        this.told = told;
    }

    void oneMore() {
        come++;
        int percent = (int) Math.min(99L, 100L * come / all);
        if (percent >= last + STEP) {
            last = percent;
            told.accept(percent);
        }
    }
}
