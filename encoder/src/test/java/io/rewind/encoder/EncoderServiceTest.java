package io.rewind.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rewind.runtime.config.Settings;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.service.Service;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncoderServiceTest {
    private static EncoderService service(Map<String, ?> overrides) {
        return new EncoderService(Settings.of(overrides), Cluster.at("127.0.0.1:1"), new SimpleMeterRegistry());
    }

    @Test
    void theReferenceSettingsAreGoodAndNothingIsOpenedBeforeStart() {
        EncoderService service = service(Map.of());
        assertThat(service.state()).isEqualTo(Service.State.STARTING);
        service.close();
        assertThat(service.state()).isEqualTo(Service.State.STOPPED);
    }

    @Test
    void allBadSettingsAreNamedAtOnce() {
        assertThatThrownBy(() -> service(Map.of("rewind.encoder.level", 0, "rewind.encoder.open.age", "-1s")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("rewind.encoder.level")
                .hasMessageContaining("rewind.encoder.open.age");
    }
}
