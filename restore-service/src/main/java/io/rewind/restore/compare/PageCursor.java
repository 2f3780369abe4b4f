package io.rewind.restore.compare;

import io.rewind.restore.look.Moment;
import java.util.Optional;

/** Goes over all pages of a point in order. */
final class PageCursor implements AutoCloseable {
    private final Pulled<PageRun> runs;
    private Optional<PageRun> rest = Optional.empty();

    PageCursor(Moment moment) {
        runs = new Pulled<>(out -> PageRun.all(moment, out));
    }

    Optional<PageRun> peek() {
        if (rest.isEmpty()) {
            rest = runs.peek();
            runs.skip();
        }
        return rest;
    }

    void advance(int pages) {
        rest = rest.map(run -> run.after(pages)).filter(run -> run.count() > 0);
    }

    @Override
    public void close() {
        runs.close();
    }
}
