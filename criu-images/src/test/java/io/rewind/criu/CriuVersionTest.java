package io.rewind.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.runtime.fault.Fault;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CriuVersionTest {
    @Test
    void versionsAreReadAndOrdered() {
        assertThat(CriuVersion.parse("Version: 4.2.1\nGitID: v4.2.1\n")).isEqualTo(new CriuVersion(4, 2, 1));
        assertThat(CriuVersion.parse("Version: 4.2")).isEqualTo(new CriuVersion(4, 2, 0));
        assertThat(CriuVersion.parse("Version: 4.1.1").atLeast(4, 2)).isFalse();
        assertThat(CriuVersion.parse("Version: 10.0").atLeast(4, 2)).isTrue();
        assertThatThrownBy(() -> CriuVersion.parse("command not found")).isInstanceOf(Fault.class);
    }

    @Test
    void closingMessageGrewWithVersion42() {
        byte[] old = PageServerClose.message(new CriuVersion(4, 1, 1)).array();
        byte[] wide = PageServerClose.message(new CriuVersion(4, 2, 0)).array();
        assertThat(HexFormat.of().formatHex(old)).isEqualTo("23100000" + "0".repeat(40));
        assertThat(HexFormat.of().formatHex(wide)).isEqualTo("23100000" + "0".repeat(56));
    }
}
