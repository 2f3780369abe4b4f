package io.rewind.capture.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dynatrace.hash4j.hashing.Hashing;
import io.rewind.capture.files.KnownTree;
import io.rewind.capture.files.TreeDelta;
import io.rewind.capture.point.CapturedPoint;
import io.rewind.capture.point.ImageContent;
import io.rewind.capture.point.SpaceDelta;
import io.rewind.capture.staging.Staging;
import io.rewind.capture.tracker.PageTable;
import io.rewind.event.FileBlocks;
import io.rewind.event.FileChange;
import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.Fingerprint;
import io.rewind.event.OverlayChange;
import io.rewind.event.PageDelta;
import io.rewind.event.PointHeader;
import io.rewind.event.PointKind;
import io.rewind.event.PointOpened;
import io.rewind.event.PointSealed;
import io.rewind.event.ProcessImage;
import io.rewind.event.Run;
import io.rewind.event.VolumeChange;
import io.rewind.event.Xattr;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockDigest;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PointPublisherTest {
    private static final String TIMELINE = "0123456789ab";
    private static final String POINT = "0199c2f4a1b37e05";

    @TempDir
    private Path folder = Path.of("");

    private final Random random = new Random(11);
    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private Staging staging = new Staging(Path.of(""), 0, 0);

    @BeforeEach
    void room() {
        staging = new Staging(folder, 64 << 20, 64 << 20);
    }

    @AfterEach
    void close() {
        staging.close();
    }

    @Test
    void I7_whatIsDecodedIsWhatWasStaged() throws IOException {
        Map<Long, byte[]> pages = new TreeMap<>();
        SpaceDelta scattered = space("1", 5_000, 17, pages);
        CapturedPoint point =
                point(List.of(scattered, fragmented("7")), Map.of("", tree(3_000), "/data", tree(200)), images());
        new PointPublisher(new EventPublisher(kafka)).publish(point);

        List<SpecificRecord> records = sent();
        assertThat(records.getFirst()).isEqualTo(new PointOpened(point.header(), utf8("{\"spec\": 1}")));
        wholeAndSmall(records);
        pages(records, pages);
        removed(records);
        images(records, point);
        trees(records, point);
    }

    @Test
    void anEmptyDeltaIsOpenedAndSealed() throws IOException {
        CapturedPoint point =
                point(List.of(), Map.of("", new TreeDelta(List.of(), List.of(), KnownTree.EMPTY, 0)), List.of());
        new PointPublisher(new EventPublisher(kafka)).publish(point);
        assertThat(sent())
                .containsExactly(
                        new PointOpened(point.header(), utf8("{\"spec\": 1}")),
                        new PointSealed(TIMELINE, POINT, 0, 0L, List.of()));
    }

    @Test
    void I3_I6_aRecordThatDidNotArriveMeansNoSeal() {
        AtomicInteger sends = new AtomicInteger();
        MockProducer<byte[], byte[]> failing =
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    @Override
                    public synchronized void flush() {
                        boolean more = true;
                        while (more) {
                            more = sends.incrementAndGet() == 3
                                    ? errorNext(new TimeoutException("away"))
                                    : completeNext();
                        }
                    }
                };
        CapturedPoint point = point(List.of(space("1", 2_000, 3, new TreeMap<>())), Map.of("", tree(10)), List.of());
        PointPublisher publisher = new PointPublisher(new EventPublisher(failing));
        assertThatThrownBy(() -> publisher.publish(point)).isInstanceOf(Fault.class);
        assertThat(failing.history().size()).isGreaterThan(5);
        assertThat(failing.history()).noneMatch(r -> Wire.decode(r.value()) instanceof PointSealed);
    }

    private void wholeAndSmall(List<SpecificRecord> records) {
        assertThat(kafka.history()).allSatisfy(record -> {
            assertThat(record.value().length).isLessThanOrEqualTo(Wire.MAX_RECORD);
            assertThat(record.topic()).isEqualTo(Topics.CAPTURE);
            assertThat(record.key()).isEqualTo(Topics.key(TIMELINE));
        });
        long checksum = 0;
        for (int i = 1; i < records.size() - 1; i++) {
            checksum += Hashing.xxh3_64().hashBytesToLong(kafka.history().get(i).value());
            assertThat(records.get(i)
                            .get(records.get(i).getSchema().getField("sequence").pos()))
                    .isEqualTo(i - 1);
        }
        PointSealed sealed = (PointSealed) records.getLast();
        assertThat(sealed.getRecords()).isEqualTo(records.size() - 2);
        assertThat(sealed.getChecksum()).isEqualTo(checksum);
        assertThat(sealed.getSpaces()).extracting(s -> s.getSpace()).containsExactly("1");
    }

    private static void pages(List<SpecificRecord> records, Map<Long, byte[]> expected) {
        Map<Long, byte[]> seen = new TreeMap<>();
        for (PageDelta delta : of(records, PageDelta.class)) {
            ByteBuffer content = delta.getContent();
            for (Run run : delta.getWritten()) {
                for (int i = 0; i < run.getCount(); i++) {
                    byte[] page = new byte[Block.SIZE];
                    content.get(page);
                    assertThat(seen.put(run.getFirst() + i, page)).isNull();
                }
            }
            assertThat(content.hasRemaining()).isFalse();
        }
        assertThat(seen.keySet()).isEqualTo(expected.keySet());
        seen.forEach((number, page) -> assertThat(page).isEqualTo(expected.get(number)));
    }

    private static void removed(List<SpecificRecord> records) {
        List<Run> runs = new ArrayList<>();
        for (PageDelta delta : of(records, PageDelta.class)) {
            assertThat(delta.getRemoved().isEmpty() || delta.getSpace().equals("7"))
                    .isTrue();
            runs.addAll(delta.getRemoved());
        }
        assertThat(runs).isEqualTo(runs());
    }

    private static void images(List<SpecificRecord> records, CapturedPoint point) throws IOException {
        Map<String, ByteArrayOutputStream> seen = new TreeMap<>();
        Map<String, BlockDigest> digests = new HashMap<>();
        for (ProcessImage piece : of(records, ProcessImage.class)) {
            ByteArrayOutputStream image = seen.computeIfAbsent(piece.getName(), n -> new ByteArrayOutputStream());
            assertThat(piece.getOffset()).isEqualTo(image.size());
            byte[] bytes = new byte[piece.getContent().remaining()];
            piece.getContent().get(bytes);
            image.write(bytes);
            digests.put(piece.getName(), BlockDigest.read(piece.getDigest()));
        }
        assertThat(seen).hasSize(point.images().size());
        for (ImageContent image : point.images()) {
            String name = image.name();
            byte[] bytes = Files.readAllBytes(image.file());
            ByteArrayOutputStream arrived = seen.getOrDefault(name, new ByteArrayOutputStream());
            assertThat(arrived.toByteArray()).isEqualTo(bytes);
            BlockDigest sum = BlockDigest.EMPTY;
            for (int at = 0; at < bytes.length; at += Block.SIZE) {
                sum = sum.plus(BlockDigest.of(at / Block.SIZE, bytes, at, Math.min(Block.SIZE, bytes.length - at)));
            }
            assertThat(digests.get(name)).isEqualTo(sum);
        }
    }

    private void trees(List<SpecificRecord> records, CapturedPoint point) {
        List<OverlayChange> upper = of(records, OverlayChange.class);
        tree(upper, OverlayChange::getChanges, OverlayChange::getBlocks, tree(point, ""));
        List<VolumeChange> volume = of(records, VolumeChange.class);
        assertThat(volume).extracting(VolumeChange::getVolume).containsOnly("/data");
        tree(volume, VolumeChange::getChanges, VolumeChange::getBlocks, tree(point, "/data"));
    }

    private static TreeDelta tree(CapturedPoint point, String name) {
        return Objects.requireNonNull(point.trees().get(name));
    }

    private <R> void tree(
            List<R> records,
            Function<R, List<FileChange>> changed,
            Function<R, List<FileBlocks>> written,
            TreeDelta sent) {
        List<FileChange> changes = new ArrayList<>();
        Map<String, byte[]> blocks = new TreeMap<>();
        for (R record : records) {
            changes.addAll(changed.apply(record));
            for (FileBlocks row : written.apply(record)) {
                String path = StandardCharsets.ISO_8859_1.decode(row.getPath()).toString();
                ByteBuffer content = row.getContent();
                for (long block = row.getFirst(); content.hasRemaining(); block++) {
                    byte[] bytes = new byte[Math.min(Block.SIZE, content.remaining())];
                    content.get(bytes);
                    assertThat(blocks.put(path + "#" + block, bytes)).isNull();
                }
            }
        }
        assertThat(changes).isEqualTo(sent.changes());
        assertThat(blocks).hasSize(sent.contents().size());
        for (TreeDelta.StagedBlock block : sent.contents()) {
            byte[] expected = new byte[block.length()];
            if (block.staged() >= 0) {
                staging.read(block.staged(), expected, 0, block.length());
            }
            assertThat(blocks.get(block.path() + "#" + block.block())).isEqualTo(expected);
        }
    }

    private SpaceDelta space(String name, int pages, int stride, Map<Long, byte[]> content) {
        long[] written = new long[pages];
        long[] staged = new long[pages];
        PageTable.Builder after = new PageTable.Builder(pages);
        for (int i = 0; i < pages; i++) {
            byte[] page = new byte[Block.SIZE];
            random.nextBytes(page);
            written[i] = 0x7fff_0000_0L + (long) i * (i % 5 == 0 ? stride : 1) + (long) (i / 5) * 5 * stride;
            if (i > 0 && written[i] <= written[i - 1]) {
                written[i] = written[i - 1] + 1;
            }
            staged[i] = staging.append(page, 0, Block.SIZE);
            after.add(written[i], BlockDigest.of(written[i], page, 0, Block.SIZE));
            content.put(written[i], page);
        }
        return new SpaceDelta(name, Optional.empty(), List.of(), written, staged, written.length, after.build());
    }

    private static SpaceDelta fragmented(String name) {
        return new SpaceDelta(name, Optional.empty(), runs(), new long[0], new long[0], 0, PageTable.EMPTY);
    }

    private static List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 70_000; i++) {
            runs.add(new Run(0xff_ffff_0000L + 2L * i, 1));
        }
        return runs;
    }

    private TreeDelta tree(int files) {
        List<FileChange> changes = new ArrayList<>();
        List<TreeDelta.StagedBlock> contents = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            String path = i % 50 == 0 ? i + "/" + "n".repeat(4_000) : "f" + i;
            List<Xattr> xattrs =
                    i % 40 == 0 ? List.of(new Xattr(utf8("user.big"), ByteBuffer.wrap(new byte[65_000]))) : List.of();
            FileMeta meta = new FileMeta(
                    FileType.FILE, 0644, 0, 0, 1L, 4096L * 300, utf8(""), xattrs, BlockDigest.EMPTY.toBytes());
            changes.add(new FileChange(utf8(path), i % 7 == 0 ? null : meta));
            int blocks = i == 3 ? 700 : i % 3;
            for (int block = 0; block < blocks; block++) {
                byte[] bytes = new byte[block == blocks - 1 ? 77 : Block.SIZE];
                random.nextBytes(bytes);
                long at = block % 4 == 1 ? -1 : staging.append(bytes, 0, bytes.length);
                contents.add(new TreeDelta.StagedBlock(path, block + (block > 300 ? 9L : 0), at, bytes.length));
            }
        }
        return new TreeDelta(changes, contents, KnownTree.EMPTY, files);
    }

    private List<ImageContent> images() throws IOException {
        List<ImageContent> images = new ArrayList<>();
        for (int size : List.of(0, 1, 4096, Wire.MAX_CONTENT, 3 * Wire.MAX_CONTENT + 5)) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            images.add(ImageContent.of(Files.write(folder.resolve("core-" + (size + 1) + ".img"), bytes)));
        }
        return images;
    }

    private CapturedPoint point(List<SpaceDelta> spaces, Map<String, TreeDelta> trees, List<ImageContent> images) {
        PointHeader header = PointHeader.newBuilder()
                .setTimeline(TIMELINE)
                .setPoint(POINT)
                .setKind(PointKind.FULL)
                .setHost("h")
                .setContainer("c")
                .setName("n")
                .setImage("i")
                .setIncarnation(1)
                .setCaptured(Instant.ofEpochSecond(1))
                .setFrozenNanos(1)
                .setTrigger("test")
                .setTracker("full-scan")
                .setFingerprint(new Fingerprint("k", "a", "c", "v", ""))
                .setPages(1)
                .setChangedPages(1)
                .setFiles(1)
                .setChangedFiles(1)
                .setRawBytes(1)
                .build();
        return new CapturedPoint(header, "{\"spec\": 1}", "t", spaces, new TreeMap<>(trees), images, staging);
    }

    private List<SpecificRecord> sent() {
        return kafka.history().stream()
                .map(record -> Wire.decode(record.value()))
                .toList();
    }

    private static <T> List<T> of(List<SpecificRecord> records, Class<T> kind) {
        return records.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
