package io.rewind.runtime.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PosixPathTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "a/", "a//b", ".", "..", "a/..", "../a", "a/./b", "a/../b", "a\0", "a/\0/b"})
    void I9_refusesWhatIsNotRelative(String path) {
        assertThatExceptionOfType(PathRefused.class).isThrownBy(() -> PosixPath.requireRelative(PosixPath.of(path)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "...", ".a", "..a", "a/..b/c.", " ", "a\nb", "\\", "-"})
    void takesEveryOtherName(String path) {
        assertThat(PosixPath.requireRelative(PosixPath.of(path))).asString().isEqualTo(path);
    }

    @Test
    void namesHave255BytesAtMost() {
        assertThat(PosixPath.requireName(PosixPath.of("x".repeat(255)))).hasSize(255);
        assertThatExceptionOfType(PathRefused.class)
                .isThrownBy(() -> PosixPath.requireName(PosixPath.of("x".repeat(256))));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void joiningWhatWasSplitGivesThePathBack(long seed) {
        Random random = new Random(seed);
        byte[] path = {};
        int names = 1 + random.nextInt(40);
        for (int i = 0; i < names; i++) {
            path = PosixPath.join(path, randomName(random));
        }
        byte[] joined = {};
        for (byte[] name : PosixPath.split(path)) {
            joined = PosixPath.join(joined, name);
        }
        assertThat(joined).as("seed %d", seed).isEqualTo(path);
        assertThat(PosixPath.split(path)).hasSize(names);
        assertThat(PosixPath.join(PosixPath.parent(path), PosixPath.name(path))).isEqualTo(path);
        byte[] pieced = {};
        for (byte[] piece : PosixPath.pieces(path, 300)) {
            assertThat(piece).hasSizeLessThanOrEqualTo(300);
            pieced = PosixPath.join(pieced, piece);
        }
        assertThat(pieced).isEqualTo(path);
        assertThat(PosixPath.pieces(path, 0)).hasSize(names);
    }

    @Test
    void displaysWhatCanBeSeenAndEscapesTheRest() {
        assertThat(PosixPath.display(PosixPath.of("grün/日本/😀 b"))).isEqualTo("grün/日本/😀 b");
        assertThat(PosixPath.display(PosixPath.of("a\nb\u001b[0m\\\u202e")))
                .isEqualTo("a\\x0ab\\x1b[0m\\\\\\xe2\\x80\\xae");
        byte[] broken = {'a', (byte) 0xff, (byte) 0xc3, '(', (byte) 0xe2, (byte) 0x82, (byte) 0xc0, (byte) 0x80};
        assertThat(PosixPath.display(broken)).isEqualTo("a\\xff\\xc3(\\xe2\\x82\\xc0\\x80");
    }

    private static byte[] randomName(Random random) {
        byte[] name = new byte[1 + random.nextInt(255)];
        for (int i = 0; i < name.length; i++) {
            int b = 1 + random.nextInt(255);
            name[i] = (byte) (b == '/' || b == '.' ? 'x' : b);
        }
        return name;
    }
}
