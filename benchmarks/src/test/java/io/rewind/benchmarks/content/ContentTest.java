package io.rewind.benchmarks.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rewind.benchmarks.speed.Capture;
import io.rewind.benchmarks.speed.Material;
import io.rewind.event.ChunkRecord;
import io.rewind.schemas.wire.Wire;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContentTest {
    private static final int PAGES = 1000;
    private static final byte[] NO_DICTIONARY = {};

    @TempDir
    private Path folder;

    @Test
    void aTimelineIsSplitIntoItsSealedPoints() {
        List<ConsumerRecord<byte[], byte[]>> records = timeline("00000000000a");
        int torn = records.size() - 1;

        List<RecordedPoint> points = RecordedPoint.split(records.subList(0, torn));

        assertThat(points).singleElement().satisfies(point -> {
            assertThat(point.isFull()).isTrue();
            assertThat(point.records())
                    .isEqualTo(records.subList(0, point.records().size()));
        });
        assertThat(RecordedPoint.split(records))
                .extracting(RecordedPoint::isFull)
                .containsExactly(true, false);
    }

    @Test
    void cutAsTheEncoderDoesItIsAsLargeAsWhatTheEncoderSent() {
        for (EncodedPoint point : EncodedPoint.all(RecordedPoint.split(timeline("00000000000a")), 3, folder)) {
            long sent = point.sent().stream()
                    .filter(value -> Wire.decode(value) instanceof ChunkRecord)
                    .mapToLong(value -> value.length)
                    .sum();
            assertThat(bytes(200, NO_DICTIONARY, Opened.of(point.sent()))).isEqualTo(sent);
        }
    }

    @Test
    void smallChunksCostMoreAndADictionaryGivesSomeOfItBack() {
        List<EncodedPoint> points = EncodedPoint.all(RecordedPoint.split(timeline("00000000000a")), 3, folder);
        Opened full = Opened.of(points.getFirst().sent());
        byte[] dictionary = Dictionary.train(full.blocks());

        assertThat(full.blocks()).hasSize(PAGES);
        assertThat(bytes(2, NO_DICTIONARY, full)).isGreaterThan(bytes(200, NO_DICTIONARY, full));
        assertThat(bytes(2, dictionary, full)).isLessThan(bytes(2, NO_DICTIONARY, full));
    }

    @Test
    void ofTooLittleThereIsNoDictionary() {
        assertThat(Dictionary.train(List.of(new byte[] {1}))).isEmpty();
    }

    @Test
    void equalTimelinesCostOncePerScope() {
        long one = Sharing.of(Map.of(0, List.of(timeline("00000000000a"))), 3, folder)
                .all();

        Sharing sharing = Sharing.of(
                Map.of(
                        0,
                        List.of(timeline("00000000000a"), timeline("00000000000b")),
                        1,
                        List.of(timeline("00000000000c"))),
                3,
                folder);

        // Deltas are patches of each timeline's own, but these are equal, too; maps are not shared.
        Percentage maps = Percentage.withPercentage(5);
        // The number of an attempt at encoding is random, and takes 8 to 10 bytes.
        assertThat(sharing.alone()).isCloseTo(3 * one, within(64L));
        assertThat(sharing.partitions()).isCloseTo(2 * one, maps);
        assertThat(sharing.all()).isCloseTo(one, maps);
        assertThat(sharing.saved()).isCloseTo(0.5, within(0.05));
    }

    /** A full point and a delta, the same for every timeline. */
    private static List<ConsumerRecord<byte[], byte[]>> timeline(String id) {
        Capture capture = new Capture(id);
        byte[] pages = Material.pages(1, PAGES);
        capture.add(pages);
        capture.add(Material.touched(pages, 2));
        return capture.records();
    }

    private static long bytes(int chunkBlocks, byte[] dictionary, Opened point) {
        try (Cut cut = new Cut(3, chunkBlocks, dictionary)) {
            return cut.bytes(point);
        }
    }
}
