package io.rewind.encoder.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.runtime.fault.Fault;
import org.junit.jupiter.api.Test;

class RunListTest {
    private final RunList runs = new RunList(new Footprint(1000));

    @Test
    void neighboursThatContinueEachOtherAreOne() {
        runs.add(10, 2, 0, 5);
        runs.add(12, 1, 0, 7);
        runs.add(13, 1, 0, 9);
        runs.add(14, 1, RunList.ZERO, 0);
        runs.add(15, 3, RunList.ZERO, 0);
        runs.add(18, 1, RunList.GONE, 0);
        runs.add(20, 1, RunList.GONE, 0);
        assertThat(runs.size()).isEqualTo(5);
        assertThat(runs.count(0)).isEqualTo(3);
        assertThat(runs.at(1)).isEqualTo(9);
        assertThat(runs.count(2)).isEqualTo(4);
        assertThat(runs.chunk(2)).isEqualTo(RunList.ZERO);
        assertThat(runs.chunk(4)).isEqualTo(RunList.GONE);
        assertThat(runs.first(4)).isEqualTo(20);
    }

    @Test
    void I10_itsMemoryIsBounded() {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        runs.add(i * 2L, 1, 0, 0);
                    }
                })
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(PointFault.POINT_TOO_LARGE));
    }
}
