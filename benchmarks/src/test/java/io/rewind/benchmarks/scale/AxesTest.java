package io.rewind.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AxesTest {
    static Stream<Axis> axes() {
        return ScaleReport.axes().stream();
    }

    @ParameterizedTest
    @MethodSource("axes")
    void aQuickRunMeasuresSomeOfTheFullOnesSizes(Axis axis) {
        assertThat(axis.values(true))
                .isNotEmpty()
                .isSubsetOf(axis.values(false))
                .isSorted();
        assertThat(axis.values(false)).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("axes")
    void picturesShowWhatIsMeasured(Axis axis) {
        assertThat(axis.profile().headings()).doesNotHaveDuplicates();
        assertThat(axis.profile().pictures())
                .isNotEmpty()
                .allSatisfy(picture -> assertThat(axis.profile().headings()).containsAll(picture.headings()));
    }
}
