package io.rewind.capture.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;

/** Needs CONFIG_MEM_SOFT_DIRTY: {@code ./rewind test soft-dirty} brings a kernel that has it, and lets nothing be skipped. */
class SoftDirtyTrackerIT extends LiveTrackerContract {
    @BeforeAll
    static void needsTheKernel() {
        Optional<String> fault = TrackerProbe.fault(TrackerKind.SOFT_DIRTY);
        if ("soft-dirty".equals(System.getProperty("rewind.test.tracker"))) {
            assertThat(fault).isEmpty();
        }
        assumeTrue(fault.isEmpty());
    }

    @Override
    DirtyTracker tracker() {
        return TrackerKind.SOFT_DIRTY.tracker((process, why) -> {
            throw new AssertionError(process + " is not tracked: " + why);
        });
    }
}
