package io.rewind.encoder.point;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.FileBlocks;
import io.rewind.event.FileChange;
import io.rewind.event.FileType;
import io.rewind.event.PointRecord;
import io.rewind.event.Run;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionEncoderTest {
    private final Bench bench = new Bench();

    private static byte[] noise(long seed, int blocks) {
        byte[] bytes = new byte[blocks * Block.SIZE];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void I7_whatIsDecodedIsWhatWasCaptured(long seed) {
        RandomPoints points = new RandomPoints(seed);
        List<PointScript> scripts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            PointScript script = points.next(i % 3 == 0 ? Bench.B : Bench.A, Bench.point(i));
            scripts.add(script);
            bench.write(script);
        }
        Decoded decoded = bench.run().decoded();
        assertThat(bench.deadLetters).isEmpty();
        assertThat(decoded.points).hasSize(20);
        scripts.forEach(s -> assertThat(decoded.points.get(s.point)).isEqualTo(s.expected));
        assertThat(bench.settled).isEqualTo(bench.topic.size());
    }

    @Test
    void equalPagesAreStoredOnceAcrossPointsAndTimelines() {
        byte[] pages = noise(1, 50);
        bench.write(
                new PointScript(Bench.A, Bench.point(1)).pages("1", 0, pages).pages("2", 7, pages));
        bench.write(new PointScript(Bench.B, Bench.point(2)).pages("1", 100, pages));
        assertThat(bench.run().decoded().points).hasSize(2);
        assertThat(bench.counter("rewind_encoder_blocks_total", "outcome", "stored"))
                .isEqualTo(50);
        assertThat(bench.counter("rewind_encoder_blocks_total", "outcome", "duplicate"))
                .isEqualTo(100);
        assertThat(bench.counter("rewind_encoder_raw_bytes_total")).isEqualTo(150 * Block.SIZE);
    }

    @Test
    void timelinesDoNotReferToEachOtherWhenTheirChunksMayPart() {
        bench.shared = false;
        bench.cacheBytes = 16 << 20;
        bench.open();
        byte[] pages = noise(1, 50);
        bench.write(new PointScript(Bench.A, Bench.point(1)).pages("1", 0, pages));
        bench.write(new PointScript(Bench.B, Bench.point(2)).pages("1", 0, pages));
        bench.write(new PointScript(Bench.A, Bench.point(3)).pages("1", 60, pages));
        assertThat(bench.run().decoded().points).hasSize(3);
        assertThat(bench.counter("rewind_encoder_blocks_total", "outcome", "stored"))
                .isEqualTo(100);
    }

    @Test
    void zeroPagesArePresentAndTakeNoRoom() {
        PointScript script = new PointScript(Bench.A, Bench.point(1)).pages("1", 5, new byte[100 * Block.SIZE]);
        Decoded decoded = bench.write(script).run().decoded();
        assertThat(decoded.points.get(script.point)).isEqualTo(script.expected);
        assertThat(decoded.record(script.point).getEncodedBytes()).isLessThan(1000);
    }

    @Test
    void encodedBytesCountsAllThatThePointAdded() {
        bench.write(new PointScript(Bench.A, Bench.point(1))
                        .pages("1", 0, noise(1, 220))
                        .pages("1", 300, noise(2, 90)))
                .run();
        long sent = bench.producer.history().stream()
                .mapToLong(r -> r.value().length)
                .sum();
        PointRecord record = bench.decoded().record(Bench.point(1));
        assertThat(record.getEncodedBytes()).isBetween(sent - 500, sent);
        assertThat(bench.counter("rewind_encoder_encoded_bytes_total")).isEqualTo((double) record.getEncodedBytes());
    }

    @Test
    void I10_aScatteredGiantStaysBelowTheLimitOfARecord() {
        PointScript script = new PointScript(Bench.A, Bench.point(1));
        byte[] pool = noise(3, 2000);
        Random random = new Random(4);
        for (int record = 0; record < 300; record++) {
            List<Run> runs = new ArrayList<>();
            byte[] content = new byte[200 * Block.SIZE];
            for (int i = 0; i < 200; i++) {
                runs.add(new Run(0x7f0000000L + (record * 200L + i) * 2, 1));
                System.arraycopy(pool, random.nextInt(2000) * Block.SIZE, content, i * Block.SIZE, Block.SIZE);
            }
            script.pages("1", List.of(), runs, content);
        }
        bench.limits = new Limits(8, bench.limits.age(), 64 << 20, 4);
        bench.open();
        Decoded decoded = bench.write(script).run().decoded();
        assertThat(decoded.points.get(script.point)).isEqualTo(script.expected);
        assertThat(decoded.largest).isLessThanOrEqualTo(Wire.MAX_RECORD);
        assertThat(bench.deadLetters).isEmpty();
    }

    @Test
    void I10_aMapAboveItsBoundIsAGapAndTheNextPointGoesOn() {
        bench.limits = new Limits(8, bench.limits.age(), 1 << 20, 4);
        bench.open();
        PointScript giant = new PointScript(Bench.A, Bench.point(1));
        for (int record = 0; record < 10; record++) {
            List<Run> removed = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                removed.add(new Run((record * 10_000L + i) * 2, 1));
            }
            giant.pages("1", removed, List.of(), new byte[0]);
        }
        bench.write(giant).write(new PointScript(Bench.A, Bench.point(2)).pages("1", 0, noise(1, 1)));
        Decoded decoded = bench.run().decoded();
        assertThat(decoded.points).containsOnlyKeys(Bench.point(2));
        assertThat(decoded.gaps).extracting(g -> g.getCode()).containsExactly("POINT_TOO_LARGE");
        assertThat(bench.deadLetters).isEmpty();
    }

    @Test
    void I10_tooManyPointsUnderWayGiveUpTheOldest() {
        for (int i = 0; i < 9; i++) {
            PointScript script = new PointScript("aaaaaaaaaaa" + i, Bench.point(i));
            bench.write(script.timeline, script.records().getFirst());
        }
        assertThat(bench.run().decoded().gaps)
                .singleElement()
                .satisfies(g -> assertThat(g.getTimeline()).isEqualTo("aaaaaaaaaaa0"));
        assertThat(bench.settled).isEqualTo(1);
    }

    @Test
    void removalsAndWhatIsMadeAgainKeepTheirOrder() {
        PointScript script = new PointScript(Bench.A, Bench.point(1));
        script.gone("a").file("", "a", noise(1, 1)).gone("b");
        Decoded decoded = bench.write(script).run().decoded();
        assertThat(decoded.points.get(script.point)).isEqualTo(script.expected);
        assertThat(decoded.stream(script.point, "UPPER//a").removed).isFalse();
    }

    @Test
    void aSpaceThatIsNotThereAnyMoreIsRemoved() {
        PointScript script = new PointScript(Bench.A, Bench.point(1));
        script.pages("9", List.of(new Run(1L, 5)), List.of(), new byte[0]);
        List<byte[]> records = new ArrayList<>(script.records());
        records.removeLast();
        records.add(
                Wire.encode(new io.rewind.event.PointSealed(Bench.A, script.point, 1, script.checksum(), List.of())));
        Decoded decoded = bench.write(Bench.A, records).run().decoded();
        assertThat(decoded.stream(script.point, "MEMORY//9").removed).isTrue();
    }

    @Test
    void contentOfAnEntryNeverNamedIsMalformed() {
        PointScript script = new PointScript(Bench.A, Bench.point(1));
        script.tree(
                "",
                List.of(new FileChange(PointScript.bytes("d"), PointScript.meta(FileType.DIRECTORY, 0))),
                List.of(new FileBlocks(PointScript.bytes("d"), 0L, ByteBuffer.wrap(noise(1, 1)))));
        bench.write(script).run();
        assertThat(bench.deadLetters).extracting(f -> f.code().name()).containsExactly("POINT_MALFORMED");
        assertThat(bench.decoded().gaps).hasSize(1);
    }

    @Test
    void aRebaseMakesThePartitionForgetWhatItKnew() {
        byte[] pages = noise(1, 10);
        bench.write(new PointScript(Bench.A, Bench.point(1)).pages("1", 0, pages))
                .run();
        bench.rebases.incrementAndGet();
        bench.write(new PointScript(Bench.A, Bench.point(2)).pages("1", 0, pages))
                .run();
        assertThat(bench.counter("rewind_encoder_blocks_total", "outcome", "stored"))
                .isEqualTo(20);
        assertThat(bench.decoded().points).hasSize(2);
    }

    @Test
    void I6_gapsOfTheAgentAreHandedOnInOrder() {
        byte[] gap = Wire.encode(new io.rewind.event.CaptureGap(
                Bench.A, "h", "c", "n", java.time.Instant.ofEpochMilli(3), "interval", "FROZEN_TOO_LONG", "why", ""));
        bench.write(new PointScript(Bench.A, Bench.point(1)).pages("1", 0, noise(1, 1)))
                .write(Bench.A, gap)
                .write(new PointScript(Bench.A, Bench.point(2)).pages("1", 0, noise(2, 1)))
                .run();
        List<String> kinds = bench.producer.history().stream()
                .filter(r -> r.topic().equals(Topics.CHUNKS))
                .map(r -> Wire.decode(r.value()).getSchema().getName())
                .toList();
        assertThat(kinds)
                .containsExactly(
                        "ChunkRecord",
                        "PointMapPart",
                        "PointRecord",
                        "CaptureGap",
                        "ChunkRecord",
                        "PointMapPart",
                        "PointRecord");
    }
}
