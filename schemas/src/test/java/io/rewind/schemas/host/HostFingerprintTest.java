package io.rewind.schemas.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostFingerprintTest {
    @Test
    void ofX86OnlyWhatProgramsMayHaveBuiltOn() {
        assertThat(HostFingerprint.features(List.of(
                        "processor\t: 0",
                        "flags\t\t: fpu vme sse4_2 avx2 hypervisor ibrs avx512f sse",
                        "vmx flags\t: vnmi",
                        "flags\t\t: of the next processor")))
                .isEqualTo("avx2 avx512f fpu sse sse4_2");
    }

    @Test
    void ofArmAll() {
        assertThat(HostFingerprint.features(List.of("processor : 0", "Features\t: fp asimd crc32", "CPU part : 0xd0c")))
                .isEqualTo("asimd crc32 fp");
    }

    @Test
    void ofOtherMachinesNothing() {
        assertThat(HostFingerprint.features(List.of("isa : rv64"))).isEmpty();
    }
}
