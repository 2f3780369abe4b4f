package io.rewind.capture.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.capture.CaptureFault;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.process.PageRanges;
import io.rewind.runtime.process.ProcessKey;
import java.util.Collection;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrackerProbeIT {
    @ParameterizedTest
    @EnumSource
    void aTrackerThatIsAskedForIsUsedOrRefusedWithAReason(TrackerKind kind) {
        Optional<String> fault = TrackerProbe.fault(kind);
        if (fault.isEmpty()) {
            assertThat(TrackerProbe.choose(Optional.of(kind))).isEqualTo(kind);
        } else {
            assertThatThrownBy(() -> TrackerProbe.choose(Optional.of(kind)))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining(fault.get())
                    .extracting(e -> ((Fault) e).code())
                    .isEqualTo(CaptureFault.TRACKER_UNUSABLE);
        }
    }

    @Test
    void theBestThatWorksIsChosen() {
        TrackerKind chosen = TrackerProbe.choose(Optional.empty());
        for (TrackerKind kind : TrackerKind.values()) {
            if (kind.compareTo(chosen) < 0) {
                assertThat(TrackerProbe.fault(kind)).isPresent();
            }
        }
        assertThat(TrackerKind.of(chosen.text())).contains(chosen);
        assertThat(TrackerKind.of("auto")).isEmpty();
    }

    /** One that says nothing changed, whatever happens, must not pass. */
    @Test
    void whoeverMissesAWriteIsRefused() throws Exception {
        DirtyTracker blind = new DirtyTracker() {
            private boolean asked;

            @Override
            public String name() {
                return "blind";
            }

            @Override
            public void lookAhead(Collection<ProcessKey> processes) {
                // It sees nothing.
            }

            @Override
            public Optional<Glance> glance(ProcessKey process) {
                return Optional.empty();
            }

            @Override
            public PageRanges unchanged(FrozenSpace space) {
                PageRanges.Builder all = new PageRanges.Builder();
                if (asked) {
                    space.stretches().forEach(s -> all.add(s.firstPage(), s.endPage()));
                }
                asked = true;
                return all.build();
            }

            @Override
            public void forget() {
                // It knows nothing.
            }

            @Override
            public void close() {
                // It holds nothing.
            }
        };
        assertThat(TrackerProbe.fault(blind)).contains("a written page does not count as written");
    }
}
