package io.rewind.encoder.point;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.FileBlocks;
import io.rewind.event.OverlayChange;
import io.rewind.event.PageDelta;
import io.rewind.event.PointOpened;
import io.rewind.event.PointRecord;
import io.rewind.event.PointSealed;
import io.rewind.event.ProcessImage;
import io.rewind.event.Run;
import io.rewind.event.SpaceDigest;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.wire.Wire;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionEncoderDamageTest {
    private final Bench bench = new Bench();

    private static PointScript script(int point) {
        byte[] pages = new byte[3 * Block.SIZE];
        new Random(point).nextBytes(pages);
        return new PointScript(Bench.A, Bench.point(point)).pages("1", 0, pages).file("", "f", new byte[] {1, 2, 3});
    }

    /** Writes the records, then a good point, which must come through. */
    private Decoded afterwards(List<byte[]> records) {
        bench.write(Bench.A, records).write(script(99)).run();
        Decoded decoded = bench.decoded();
        assertThat(decoded.points).containsOnlyKeys(Bench.point(99));
        assertThat(bench.settled).isEqualTo(bench.topic.size());
        return decoded;
    }

    private void brokenAs(String code, List<byte[]> records) {
        Decoded decoded = afterwards(records);
        assertThat(decoded.gaps).singleElement().satisfies(gap -> {
            assertThat(gap.getCode()).isEqualTo(code);
            assertThat(gap.getMessage()).contains(Bench.point(1));
            assertThat(gap.getName()).isEqualTo("redis");
        });
        assertThat(bench.rebasesAsked()).extracting(r -> r.getTimeline()).containsExactly(Bench.A);
        assertThat(bench.counter("rewind_encoder_points_broken_total", "code", code))
                .isEqualTo(1);
    }

    private static List<byte[]> replaced(int index, SpecificRecord record) {
        List<byte[]> records = new ArrayList<>(script(1).records());
        records.set(index, Wire.encode(record));
        return records;
    }

    @Test
    void I11_aWrongChecksumGivesThePointUp() {
        brokenAs("POINT_DAMAGED", replaced(3, script(1).seal(2, script(1).checksum() + 1)));
        assertThat(bench.deadLetters).isEmpty();
    }

    @Test
    void I11_aWrongCountGivesThePointUp() {
        brokenAs("POINT_DAMAGED", replaced(3, script(1).seal(3, script(1).checksum())));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void I11_aMissingRecordGivesThePointUp(int missing) {
        List<byte[]> records = new ArrayList<>(script(1).records());
        records.remove(missing);
        brokenAs(missing == 1 ? "POINT_SEQUENCE" : "POINT_DAMAGED", records);
    }

    @Test
    void I6_thatKafkaLetRecordsGoIsSaid() {
        bench.write(script(1));
        bench.step(1);
        bench.lose(1);
        assertThat(afterwards(List.of()).gaps).singleElement().satisfies(gap -> {
            assertThat(gap.getCode()).isEqualTo("POINT_SEQUENCE");
            assertThat(gap.getMessage()).contains("gone before they were read, 1 of them");
        });
    }

    @Test
    void I11_aRecordTwiceGivesThePointUp() {
        List<byte[]> records = new ArrayList<>(script(1).records());
        records.add(2, records.get(1));
        brokenAs("POINT_SEQUENCE", records);
    }

    @Test
    void contentThatIsNotWhatItsRunsSayIsPutAside() {
        brokenAs(
                "POINT_MALFORMED",
                replaced(
                        1,
                        new PageDelta(
                                Bench.A,
                                Bench.point(1),
                                0,
                                "1",
                                List.of(),
                                List.of(new Run(0L, 2)),
                                ByteBuffer.wrap(new byte[Block.SIZE]))));
        assertThat(bench.deadLetters).hasSize(1);
    }

    @Test
    void I6_theNextPointEndsTheOneBefore() {
        List<byte[]> records = script(1).records();
        Decoded decoded = afterwards(records.subList(0, 2));
        assertThat(decoded.gaps).extracting(g -> g.getCode()).containsExactly("POINT_ABANDONED");
        assertThat(bench.rebasesAsked()).as("the next one is full").isEmpty();
    }

    @Test
    void I6_aPointNeverSealedIsGivenUpInTime() {
        bench.write(Bench.A, script(1).records().subList(0, 2)).run();
        assertThat(bench.settled).isZero();
        bench.now += Duration.ofMinutes(11).toMillis();
        PointScript other = new PointScript(Bench.B, Bench.point(2)).file("", "f", new byte[] {1});
        bench.write(other).run();
        assertThat(bench.settled).isEqualTo(bench.topic.size());
        assertThat(bench.decoded().gaps).extracting(g -> g.getCode()).containsExactly("POINT_OVERDUE");
        bench.write(Bench.A, script(1).records().subList(2, 4)).run();
        assertThat(bench.decoded().gaps).as("said once").hasSize(1);
        assertThat(bench.counter("rewind_encoder_records_skipped_total")).isEqualTo(2);
    }

    @Test
    void recordsOfAPointThatIsOverAreSkippedInSilence() {
        Decoded decoded = afterwards(script(1).records().subList(1, 4));
        assertThat(decoded.gaps).isEmpty();
        assertThat(bench.deadLetters).isEmpty();
        assertThat(bench.counter("rewind_encoder_records_skipped_total")).isEqualTo(3);
    }

    @Test
    void I6_aPointWithoutItsBeginningIsSaidOnce() {
        bench.write(script(98)).run();
        List<byte[]> records = script(1).records();
        bench.write(Bench.A, records.subList(1, records.size())).run();
        assertThat(bench.decoded().gaps).extracting(g -> g.getCode()).containsExactly("POINT_NOT_OPENED");
        assertThat(bench.rebasesAsked()).hasSize(1);
    }

    @Test
    void aDeltaWithoutAValidParentIsGivenUp() {
        PointScript delta = new PointScript(Bench.A, Bench.point(1), "../etc");
        brokenAs("POINT_MALFORMED", delta.records());
        assertThat(bench.deadLetters).hasSize(1);
    }

    @Test
    void aPointThatOnlyJustFitsARecordIsTooLargeForItsOwn() {
        byte[] spec = new byte
                [Wire.MAX_RECORD
                        - Wire.encode(new PointOpened(
                                        PointScript.header(Bench.A, Bench.point(1), null), ByteBuffer.allocate(0)))
                                .length
                        - 2];
        List<byte[]> records =
                replaced(0, new PointOpened(PointScript.header(Bench.A, Bench.point(1), null), ByteBuffer.wrap(spec)));
        brokenAs("POINT_TOO_LARGE", records);
    }

    @Test
    void idsThatAreNoneAndForeignRecordsArePutAside() {
        bench.write("x", new PointScript("x", Bench.point(1)).records().getFirst())
                .write(
                        Bench.A,
                        new PointScript(Bench.A, "../../etc/passwd").records().getFirst())
                .write(Bench.B, script(1).records().getFirst())
                .write(Bench.A, new byte[] {1, 2, 3})
                .write(
                        Bench.A,
                        Wire.encode(new PointRecord(
                                PointScript.header(Bench.A, Bench.point(1), null), ByteBuffer.allocate(0), 0, 0L, 0L)))
                .run();
        assertThat(bench.deadLetters).hasSize(5);
        assertThat(bench.producer.history()).isEmpty();
        assertThat(bench.settled).isEqualTo(5);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void I11_anyNoiseLeavesThePartitionGoing(long seed) {
        Random random = new Random(seed);
        List<byte[]> good = script(1).records();
        for (int i = 0; i < 300; i++) {
            byte[] value = random.nextBoolean()
                    ? good.get(random.nextInt(good.size())).clone()
                    : Wire.encode(nonsense(random));
            for (int flips = random.nextInt(3); flips > 0; flips--) {
                value[random.nextInt(value.length)] ^= (byte) (1 << random.nextInt(8));
            }
            bench.write(Bench.A, value);
        }
        bench.write(script(99)).run();
        assertThat(bench.decoded().points).containsKey(Bench.point(99));
        assertThat(bench.settled).isEqualTo(bench.topic.size());
        assertThat(bench.deadLetters).isNotEmpty();
    }

    /** Well-formed records that make no sense, for the point that may be under way. */
    private static SpecificRecord nonsense(Random random) {
        int sequence = random.nextInt(3);
        String point = Bench.point(1);
        ByteBuffer content = ByteBuffer.wrap(new byte[random.nextInt(3) * 2048]);
        List<Run> runs = List.of(new Run(random.nextLong(), random.nextInt()), new Run(0L, random.nextInt(3)));
        return switch (random.nextInt(5)) {
            case 0 -> new PageDelta(Bench.A, point, sequence, "s", runs, List.of(), content);
            case 1 -> new PageDelta(Bench.A, point, sequence, "", List.of(), runs, content);
            case 2 ->
                new OverlayChange(
                        Bench.A,
                        point,
                        sequence,
                        List.of(),
                        List.of(new FileBlocks(PointScript.bytes("f"), random.nextLong(), content)));
            case 3 ->
                new ProcessImage(
                        Bench.A,
                        point,
                        sequence,
                        "i",
                        random.nextLong(),
                        random.nextLong() << 12,
                        content,
                        ByteBuffer.wrap(new byte[random.nextInt(2) * 16]));
            default ->
                new PointSealed(
                        Bench.A, point, sequence, random.nextLong(), List.of(new SpaceDigest("s", -1L, content)));
        };
    }
}
