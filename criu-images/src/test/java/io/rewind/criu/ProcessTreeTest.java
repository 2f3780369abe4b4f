package io.rewind.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.runtime.fault.Fault;
import java.io.ByteArrayInputStream;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessTreeTest {
    private static final String MAGICS = "1943565430302750";
    private static final String FIRST = "0c000000" + "08011000180120012801" + "2809";

    @Test
    void readsTheTreeOfARealDump() {
        ProcessTree tree = ProcessTree.read(new ByteArrayInputStream(Golden.file(Golden.PROCESS_TREE)));
        assertThat(tree.processes()).containsExactly(new ProcessTree.Task(7073, 0, 7073, 7073, List.of(7073)));
    }

    @Test
    void readsThreadsAndChildren() {
        assertThat(read(MAGICS + FIRST + "0a000000" + "08071001180120012807").processes())
                .containsExactly(
                        new ProcessTree.Task(1, 0, 1, 1, List.of(1, 9)), new ProcessTree.Task(7, 1, 1, 1, List.of(7)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1943565425400856",
                MAGICS + FIRST + FIRST,
                MAGICS + "08000000" + "0807100518012001",
                MAGICS + "08000000" + "0800100018012001",
                MAGICS + "06000000" + "080710001801",
                MAGICS + "0c000000" + "08ffffffff0f100018012001"
            })
    void impossibleTreesAreRefused(String image) {
        assertThatThrownBy(() -> read(image))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(CriuFault.IMAGE_DAMAGED));
    }

    private static ProcessTree read(String hex) {
        return ProcessTree.read(new ByteArrayInputStream(HexFormat.of().parseHex(hex)));
    }
}
