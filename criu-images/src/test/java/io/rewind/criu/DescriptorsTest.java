package io.rewind.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.runtime.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorsTest {
    private static final String RUNC = "[\"/dev/null\",\"pipe:[8294]\",\"pipe:[8295]\"]";

    @Test
    void fileOfRuncComesOutAsItWentIn(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("descriptors.json"), RUNC);
        Descriptors read = Descriptors.read(folder.resolve("descriptors.json"));
        assertThat(read.targets()).containsExactly("/dev/null", "pipe:[8294]", "pipe:[8295]");
        assertThat(read.isPipe(0)).isFalse();
        assertThat(read.isPipe(2)).isTrue();
        assertThat(Files.readString(read.writeInto(folder))).isEqualTo(RUNC);
    }

    @Test
    void everyTextSurvives() {
        Descriptors odd = new Descriptors(List.of("a\"b\\c", "ü€😀\uD83D", ""));
        assertThat(Descriptors.parse(odd.toJson())).isEqualTo(odd);
        assertThat(Descriptors.parse(" [ \"\\u003ca\\/\" , \"\" , \"\" ] \n").targets())
                .containsExactly("<a/", "", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "[\"a\",\"b\"]",
                "[\"a\",\"b\",\"c\",\"d\"]",
                "[\"a\",\"b\",3]",
                "[\"a\",\"b\",\"c\"",
                "[\"a\",\"b\",\"c\"]x",
                "[\"a\",\"b\",\"c",
                "[\"a\",\"b\",\"\\",
                "[\"a\",\"b\",\"\\u00",
                "[\"a\",\"b\",\"\\u00zz\"]",
                "[\"a\",\"b\",\"\\n\"]",
                "[\"a\",\"b\",]",
                "[[[[[["
            })
    void everythingElseIsRefused(String json) {
        assertThatThrownBy(() -> Descriptors.parse(json))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(CriuFault.IMAGE_DAMAGED));
    }
}
