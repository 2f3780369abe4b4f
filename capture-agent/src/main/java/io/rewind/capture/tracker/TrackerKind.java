package io.rewind.capture.tracker;

import java.util.Arrays;
import java.util.Optional;

/** The trackers there are, best first. */
public enum TrackerKind {
    WRITE_PROTECT(WriteProtectTracker.NAME),
    SOFT_DIRTY(SoftDirtyTracker.NAME),
    FULL_SCAN(FullScanTracker.NAME);

    private final String text;

    TrackerKind(String text) {
        this.text = text;
    }

    /** As in settings, metrics and headers. */
    public String text() {
        return text;
    }

    /** Empty for "auto" and whatever else is no name of one. */
    public static Optional<TrackerKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }

    /** @param listener hears of processes that this kind cannot track */
    public DirtyTracker tracker(UntrackedListener listener) {
        return switch (this) {
            case WRITE_PROTECT -> new WriteProtectTracker(listener);
            case SOFT_DIRTY -> new SoftDirtyTracker(new ProcSoftDirty());
            case FULL_SCAN -> new FullScanTracker();
        };
    }
}
