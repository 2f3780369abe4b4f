package io.rewind.restore.fetch;

import io.rewind.restore.plan.PlannedStream;
import java.util.function.Predicate;

/** Some streams of a point, and what is to be done with each of their blocks; the patches have come. For one run. */
public final class Pass implements AutoCloseable {
    private final Predicate<PlannedStream> wanted;
    private final PatchedBlocks patched;
    private final Order order;
    private final boolean provedChunks;

    /** @param provedChunks whether each chunk comes whole and is proved by its id */
    Pass(Predicate<PlannedStream> wanted, PatchedBlocks patched, Order order, boolean provedChunks) {
        this.wanted = wanted;
        this.patched = patched;
        this.order = order;
        this.provedChunks = provedChunks;
    }

    boolean has(PlannedStream stream) {
        return wanted.test(stream);
    }

    PatchedBlocks patched() {
        return patched;
    }

    Order order() {
        return order;
    }

    boolean isOfProvedChunks() {
        return provedChunks;
    }

    @Override
    public void close() {
        patched.close();
    }
}
