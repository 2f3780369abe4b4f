package io.rewind.store.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.event.StreamKind;
import io.rewind.runtime.fault.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StreamRangesTest {
    private static final List<String> TREE = List.of("", "a", "a-b", "a/b", "a/b-c", "a/b/c", "a/b/c/d", "a/bc", "b");

    private static ByteBuffer name(String name) {
        return ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> within(StreamRanges ranges) {
        return ranges.ranges().stream()
                .flatMap(range -> TREE.stream().filter(name -> {
                    byte[] key = new StreamKey(StreamKind.UPPER, "", name(name)).description();
                    return Arrays.compareUnsigned(key, range.from()) >= 0
                            && Arrays.compareUnsigned(key, range.to()) < 0;
                }))
                .toList();
    }

    @Test
    void aNameBringsWhatItLiesInItselfAndWhatLiesBelow() {
        assertThat(within(StreamRanges.near(StreamKind.UPPER, "", name("a/b"))))
                .containsExactly("", "a", "a/b", "a/b/c", "a/b/c/d");
        assertThat(within(StreamRanges.near(StreamKind.UPPER, "", name("a/bc"))))
                .containsExactly("", "a", "a/bc");
        assertThat(within(StreamRanges.near(StreamKind.UPPER, "", name("")))).containsExactlyElementsOf(TREE);
    }

    @Test
    void kindsBringAllOfTheirStreamsInOrder() {
        assertThat(within(StreamRanges.ofKinds(List.of(StreamKind.VOLUME, StreamKind.UPPER))))
                .containsExactlyElementsOf(TREE);
        assertThat(within(StreamRanges.ofKinds(List.of(StreamKind.MEMORY)))).isEmpty();
        assertThat(StreamRanges.ofKinds(List.of(StreamKind.VOLUME, StreamKind.MEMORY))
                        .ranges())
                .isSortedAccordingTo((a, b) -> Arrays.compareUnsigned(a.from(), b.from()));
    }

    @Test
    void I9_namesThatNoStreamHasAreRefused() {
        Stream.of("../a", "/a", "a/", "a//b", "a/./b")
                .forEach(hostile -> assertThatThrownBy(() -> StreamRanges.near(StreamKind.UPPER, "", name(hostile)))
                        .as(hostile)
                        .isInstanceOf(Fault.class));
        assertThatThrownBy(() -> StreamRanges.near(StreamKind.VOLUME, "", name("a")))
                .isInstanceOf(Fault.class);
    }
}
