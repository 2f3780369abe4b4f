package io.rewind.restore.fetch;

import io.rewind.restore.plan.PlannedStream;
import io.rewind.runtime.process.PageRanges;

/** Somebody who may have blocks of a point at hand, so that they need not be brought. */
public interface Holder {
    /** Has nothing, ever. */
    Holder NONE = new Holder() {
        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public Held take(PlannedStream stream, PageRanges wanted, MemorySink sink) {
            return Held.NOTHING;
        }
    };

    /** Whether it can be asked by now; asked often, by any thread. */
    boolean isReady();

    /**
     * Lays blocks into the sink. What it names need not be right: the digest of the stream proves it, and the stream is
     * brought from the store if that does not fit.
     *
     * @param wanted pages of the stream that have not come yet
     * @return those of them that are laid
     */
    Held take(PlannedStream stream, PageRanges wanted, MemorySink sink);
}
