package io.rewind.encoder.point;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.Run;
import io.rewind.schemas.content.Block;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Points whose pages drift: each is checked against what went in. */
class PatchedPointsTest {
    private static final int PAGES = 24;

    private final Bench bench = new Bench();
    private final byte[] memory = new byte[PAGES * Block.SIZE];
    private int points;

    /** The next point: all pages as they are. */
    private PointScript point() {
        PointScript script = points == 0
                ? new PointScript(Bench.A, Bench.point(0))
                : new PointScript(Bench.A, Bench.point(points), Bench.point(points - 1));
        points++;
        bench.now += 1000;
        script.pages("1", List.of(), List.of(new Run(50L, PAGES)), memory.clone());
        bench.write(script);
        return script;
    }

    private void mutate(Random random, int pages) {
        for (int i = 0; i < pages; i++) {
            int page = random.nextInt(PAGES) * Block.SIZE;
            int at = page + random.nextInt(Block.SIZE - 64);
            int length = random.nextInt(40) == 0 ? Block.SIZE - (at - page) : 1 + random.nextInt(64);
            for (int b = at; b < at + length; b++) {
                memory[b] = (byte) random.nextInt();
            }
        }
    }

    private double blocks(String outcome) {
        return bench.counter("rewind_encoder_blocks_total", "outcome", outcome);
    }

    private void assertAllDecodes(List<PointScript> scripts) {
        bench.run();
        Decoded decoded = bench.decoded();
        for (PointScript script : scripts) {
            assertThat(decoded.points.get(script.point)).isEqualTo(script.expected);
        }
        assertThat(bench.deadLetters).isEmpty();
        assertThat(decoded.deepest).isLessThanOrEqualTo(bench.limits.layers());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void I7_aThousandPointsOfDriftDecodeBitForBit(long seed) {
        Random random = new Random(seed);
        random.nextBytes(memory);
        List<PointScript> scripts = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            mutate(random, 6);
            scripts.add(point());
        }
        assertAllDecodes(scripts);
        assertThat(bench.decoded().deepest).isEqualTo(bench.limits.layers());
        assertThat(blocks("patched")).isGreaterThan(4 * blocks("stored"));
    }

    @Test
    void aSmallChangeCostsLittle() {
        Random random = new Random(3);
        random.nextBytes(memory);
        PointScript first = point();
        for (int page = 0; page < PAGES; page++) {
            memory[page * Block.SIZE + 77] ^= 1;
        }
        PointScript second = point();
        assertAllDecodes(List.of(first, second));
        assertThat(blocks("stored")).isEqualTo(PAGES);
        assertThat(blocks("patched")).isEqualTo(PAGES);
        assertThat(bench.decoded().record(second.point).getEncodedBytes()).isLessThan(1500);
    }

    @Test
    void aPageThatIsTheSameAgainIsNotStored() {
        new Random(4).nextBytes(memory);
        List<PointScript> scripts = new ArrayList<>(List.of(point()));
        memory[5] ^= 1;
        scripts.add(point());
        scripts.add(point());
        bench.cacheBytes = 0;
        assertAllDecodes(scripts);
        assertThat(blocks("patched")).isEqualTo(1);
        assertThat(blocks("duplicate")).isEqualTo(2 * PAGES - 1);
    }

    @Test
    void I4_aLostMirrorCostsBytesOnly() {
        Random random = new Random(5);
        random.nextBytes(memory);
        PointScript first = point();
        bench.run();
        bench.crash();
        mutate(random, 4);
        PointScript second = point();
        assertAllDecodes(List.of(first, second));
        assertThat(blocks("patched")).isZero();
    }

    @Test
    void I10_basesThatGaveWayAreStoredAgain() {
        bench.mirrorBytes = 8 * 2 * Block.SIZE;
        bench.open();
        Random random = new Random(6);
        random.nextBytes(memory);
        List<PointScript> scripts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            mutate(random, 8);
            scripts.add(point());
        }
        assertAllDecodes(scripts);
        assertThat(bench.counter("rewind_encoder_mirror_total", "outcome", "evicted"))
                .isPositive();
    }

    @Test
    void aMirrorThatHasNoFolderCostsBytesOnly() {
        bench.mirrorBytes = 0;
        bench.open();
        Random random = new Random(7);
        random.nextBytes(memory);
        PointScript first = point();
        mutate(random, 4);
        assertAllDecodes(List.of(first, point()));
        assertThat(blocks("patched")).isZero();
    }

    /** Whatever is lost on its way, nothing that was sent lies over it. */
    @ParameterizedTest(name = "record {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
    void I3_nothingLiesOverWhatWasNotSent(int lost) {
        Random random = new Random(lost);
        random.nextBytes(memory);
        List<PointScript> scripts = new ArrayList<>();
        bench.producer.loseAfter(lost);
        for (int i = 0; i < 6; i++) {
            scripts.add(point());
            mutate(random, 5);
        }
        assertAllDecodes(scripts);
        assertThat(bench.reopened).isPositive();
    }

    @Test
    void aRebaseForgetsAllBases() {
        Random random = new Random(8);
        random.nextBytes(memory);
        PointScript first = point();
        bench.run();
        bench.rebases.incrementAndGet();
        mutate(random, 4);
        assertAllDecodes(List.of(first, point()));
        assertThat(blocks("patched")).isZero();
    }

    @Test
    void aBaseNotUsedForTooLongIsStoredAgain() {
        Random random = new Random(9);
        random.nextBytes(memory);
        PointScript first = point();
        bench.now += Duration.ofHours(2).toMillis();
        mutate(random, 4);
        assertAllDecodes(List.of(first, point()));
        assertThat(blocks("patched")).isZero();
        assertThat(blocks("stored")).isEqualTo(2 * PAGES);
    }

    /** Other streams have mirrors of their own, and a block of another length is no base. */
    @Test
    void filesAndImagesArePatchedToo() {
        byte[] content = new byte[3 * Block.SIZE + 500];
        new Random(10).nextBytes(content);
        PointScript first = new PointScript(Bench.A, Bench.point(0))
                .file("", "f", content)
                .file("/v", "f", Arrays.copyOf(content, Block.SIZE))
                .image("core-1.img", content, 2 * Block.SIZE);
        byte[] changed = Arrays.copyOf(content, content.length + 1);
        changed[Block.SIZE] ^= 1;
        changed[3 * Block.SIZE] ^= 1;
        PointScript second = new PointScript(Bench.A, Bench.point(1), Bench.point(0))
                .file("", "f", changed)
                .image("core-1.img", changed, 2 * Block.SIZE);
        bench.write(first).write(second);
        assertAllDecodes(List.of(first, second));
        assertThat(blocks("patched")).isEqualTo(2);
        assertThat(blocks("stored")).isEqualTo(5);
    }
}
