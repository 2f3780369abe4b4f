package io.rewind.restore.late;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LateProbeIT {
    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void memoryMayComeAfterTheStartOnThisHost() {
        assertThat(LateProbe.fault()).isEmpty();
    }
}
