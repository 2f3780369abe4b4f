package io.rewind.capture.tracker;

import io.rewind.runtime.process.PageRanges;
import io.rewind.runtime.process.ProcessKey;
import java.util.Collection;
import java.util.Optional;

/** Knows nothing, so that everything is read and compared. Works on every kernel, and keeps no state to be wrong. */
public final class FullScanTracker implements DirtyTracker {
    public static final String NAME = "full-scan";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void lookAhead(Collection<ProcessKey> processes) {
        // Nothing can be prepared.
    }

    @Override
    public Optional<Glance> glance(ProcessKey process) {
        return Optional.empty();
    }

    @Override
    public PageRanges unchanged(FrozenSpace space) {
        return PageRanges.EMPTY;
    }

    @Override
    public void forget() {
        // Nothing is remembered.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
