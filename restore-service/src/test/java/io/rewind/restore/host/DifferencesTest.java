package io.rewind.restore.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.Fingerprint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferencesTest {
    private static final Fingerprint CAPTURED =
            new Fingerprint("6.12.9-amd64", "amd64", "one", "4.2.1", "avx avx2 sse");

    @ParameterizedTest
    @CsvSource({
        "6.12.9-amd64, amd64, 4.2.1, avx avx2 sse",
        "6.12.1, amd64, 4.2.1, avx avx2 sse",
        "6.13.0, amd64, 4.10, avx avx2 avx512f sse",
        "7.0, amd64, 5.0.0, avx avx2 sse",
        "'', '', '', ''",
        "what is this, amd64, none, avx avx2 sse"
    })
    void theSameOrNewerOrUnknownWillDo(String kernel, String arch, String criu, String features) {
        assertThat(Differences.between(CAPTURED, new Fingerprint(kernel, arch, "other", criu, features)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "6.11.20, amd64, 4.2.1, avx avx2 sse, Linux 6.12.9-amd64 and this host has 6.11.20",
        "5.19.0, amd64, 4.2.1, avx avx2 sse, this host has 5.19.0",
        "6.12.9, aarch64, 4.2.1, avx avx2 sse, captured on amd64 and this host is aarch64",
        "6.12.9, amd64, 4.1.9, avx avx2 sse, CRIU 4.2.1 and this host has 4.1.9",
        "6.12.9, amd64, 4.2.1, sse, 'the processor here lacks avx, avx2'"
    })
    void olderOrLessWillNot(String kernel, String arch, String criu, String features, String said) {
        assertThat(Differences.between(CAPTURED, new Fingerprint(kernel, arch, "other", criu, features)))
                .singleElement()
                .asString()
                .contains(said);
    }

    @Test
    void allThatIsInTheWayIsSaidAndNothingElseWhereTheArchitectureIsAnother() {
        assertThat(Differences.between(CAPTURED, new Fingerprint("5.0", "amd64", "", "4.1", "sse")))
                .hasSize(3);
        assertThat(Differences.between(CAPTURED, new Fingerprint("5.0", "aarch64", "", "4.1", "asimd")))
                .hasSize(1);
    }

    @Test
    void aPointOfAnEarlierVersionThatDoesNotSayIsLetThrough() {
        assertThat(Differences.between(new Fingerprint("", "", "", "", ""), CAPTURED))
                .isEmpty();
    }

    @Test
    void thisHostIsLikeItself() {
        Fingerprint here = ThisHost.fingerprint();

        assertThat(here.getKernel()).isNotEmpty();
        assertThat(here.getFeatures()).isNotEmpty();
        assertThat(Differences.between(here, here)).isEmpty();
    }
}
