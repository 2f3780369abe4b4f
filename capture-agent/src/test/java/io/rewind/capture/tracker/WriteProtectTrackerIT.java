package io.rewind.capture.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rewind.capture.process.TraceStatus;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WriteProtectTrackerIT extends LiveTrackerContract {
    @BeforeAll
    static void needsTheKernel() {
        assumeTrue(TrackerProbe.fault(TrackerKind.WRITE_PROTECT).isEmpty());
    }

    @Override
    DirtyTracker tracker() {
        return new WriteProtectTracker((process, why) -> {
            throw new AssertionError(process + " is not tracked: " + why);
        });
    }

    @Test
    void nothingOfATrackerStaysInTheProcess() throws Exception {
        try (ActorSpace space = new ActorSpace(false)) {
            for (int i = 0; i < 3; i++) {
                try (DirtyTracker tracker = tracker()) {
                    space.write(1, page(i));
                    tracker.lookAhead(List.of(space.key()));
                    assertThat(TraceStatus.of(space.key().pid()).tracer()).isZero();
                }
            }
        }
    }
}
