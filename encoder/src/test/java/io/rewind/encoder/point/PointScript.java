package io.rewind.encoder.point;

import com.dynatrace.hash4j.hashing.Hashing;
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
import io.rewind.event.SpaceDigest;
import io.rewind.event.VolumeChange;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.wire.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Writes the records of one point as an agent would, and keeps what must come out of them. */
final class PointScript {
    static final byte[] SPEC = "{}".getBytes(StandardCharsets.UTF_8);
    static final byte[] DIGEST = new byte[16];

    final String timeline;
    final String point;
    final Map<String, Decoded.Stream> expected = new TreeMap<>();
    private final List<byte[]> values = new ArrayList<>();
    private final TreeSet<String> spaces = new TreeSet<>();
    private long checksum;

    PointScript(String timeline, String point) {
        this(timeline, point, null);
    }

    PointScript(String timeline, String point, @Nullable String parent) {
        this.timeline = timeline;
        this.point = point;
        values.add(Wire.encode(new PointOpened(header(timeline, point, parent), ByteBuffer.wrap(SPEC))));
    }

    static PointHeader header(String timeline, String point, @Nullable String parent) {
        return new PointHeader(
                timeline,
                point,
                parent == null ? PointKind.FULL : PointKind.DELTA,
                parent,
                "host",
                "c0ffee",
                "redis",
                "redis:7",
                1,
                Instant.ofEpochMilli(1),
                5L,
                "interval",
                "full-scan",
                new Fingerprint("6.18", "x86_64", "cpu", "4.2.1", ""),
                1L,
                1L,
                0L,
                0L,
                0L,
                0L,
                null);
    }

    int sequence() {
        return values.size() - 1;
    }

    private PointScript add(SpecificRecord record) {
        byte[] value = Wire.encode(record);
        values.add(value);
        checksum += Hashing.xxh3_64().hashBytesToLong(value);
        return this;
    }

    PointScript pages(String space, List<Run> removed, List<Run> written, byte[] content) {
        spaces.add(space);
        Decoded.Stream stream = expected.computeIfAbsent("MEMORY//" + space, _ -> new Decoded.Stream());
        for (Run run : removed) {
            for (int i = 0; i < run.getCount(); i++) {
                stream.blocks().put(run.getFirst() + i, Decoded.GONE);
            }
        }
        int at = 0;
        for (Run run : written) {
            for (int i = 0; i < run.getCount(); i++, at += Block.SIZE) {
                stream.put(run.getFirst() + i, content, at, Block.SIZE);
            }
        }
        return add(new PageDelta(timeline, point, sequence(), space, removed, written, ByteBuffer.wrap(content)));
    }

    PointScript pages(String space, long first, byte[] content) {
        return pages(space, List.of(), List.of(new Run(first, content.length / Block.SIZE)), content);
    }

    /** A file of the upper directory or, unless {@code volume} is empty, of a volume. */
    PointScript file(String volume, String path, byte[] content) {
        Decoded.Stream stream = new Decoded.Stream();
        expected.put((volume.isEmpty() ? "UPPER//" : "VOLUME/" + volume + "/") + path, stream);
        for (int at = 0; at < content.length; at += Block.SIZE) {
            stream.put(at / Block.SIZE, content, at, Math.min(Block.SIZE, content.length - at));
        }
        List<FileChange> changes = List.of(new FileChange(bytes(path), meta(FileType.FILE, content.length)));
        return tree(volume, changes, List.of(new FileBlocks(bytes(path), 0L, ByteBuffer.wrap(content))));
    }

    PointScript gone(String path) {
        Decoded.Stream stream = new Decoded.Stream();
        stream.removed = true;
        expected.put("UPPER//" + path, stream);
        return tree("", List.of(new FileChange(bytes(path), null)), List.of());
    }

    PointScript tree(String volume, List<FileChange> changes, List<FileBlocks> blocks) {
        return add(
                volume.isEmpty()
                        ? new OverlayChange(timeline, point, sequence(), changes, blocks)
                        : new VolumeChange(timeline, point, sequence(), volume, changes, blocks));
    }

    PointScript image(String name, byte[] content, int piece) {
        Decoded.Stream stream = expected.computeIfAbsent("IMAGE//" + name, _ -> new Decoded.Stream());
        for (int at = 0; at < content.length; at += piece) {
            byte[] part = Arrays.copyOfRange(content, at, Math.min(at + piece, content.length));
            for (int i = 0; i < part.length; i += Block.SIZE) {
                stream.put((at + i) / Block.SIZE, part, i, Math.min(Block.SIZE, part.length - i));
            }
            add(new ProcessImage(
                    timeline,
                    point,
                    sequence(),
                    name,
                    (long) content.length,
                    (long) at,
                    ByteBuffer.wrap(part),
                    ByteBuffer.wrap(DIGEST)));
        }
        return this;
    }

    PointSealed seal(int records, long sum) {
        List<SpaceDigest> whole = spaces.stream()
                .map(s -> new SpaceDigest(s, 1L, ByteBuffer.wrap(DIGEST)))
                .toList();
        return new PointSealed(timeline, point, records, sum, whole);
    }

    /** Opened, everything, sealed. */
    List<byte[]> records() {
        List<byte[]> all = new ArrayList<>(values);
        all.add(Wire.encode(seal(values.size() - 1, checksum)));
        return all;
    }

    long checksum() {
        return checksum;
    }

    static FileMeta meta(FileType type, long size) {
        return new FileMeta(type, 0644, 0, 0, 1L, size, ByteBuffer.allocate(0), List.of(), ByteBuffer.wrap(DIGEST));
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
