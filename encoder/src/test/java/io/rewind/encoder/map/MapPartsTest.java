package io.rewind.encoder.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.PointMapPart;
import io.rewind.event.StreamKind;
import io.rewind.event.Xattr;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.wire.Wire;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MapPartsTest {
    private final PointMap map = new PointMap(new Footprint(1L << 30));
    private final List<PointMapPart> parts = new ArrayList<>();

    private int write() {
        return MapParts.write("aaaaaaaaaaaa", "0000000000000001", 7, map, parts::add);
    }

    @Test
    void aStreamGoesOnInTheNextPartAndEveryPartFitsTightly() {
        Random random = new Random(1);
        PointStream space = map.space("17");
        int runs = 400_000;
        for (int i = 0; i < runs; i++) {
            int chunk = map.chunks().index(new ChunkId(random.nextInt(50_000), 7));
            space.runs().add(0x7f00000000L + i * 2L, 1, chunk, random.nextInt(200));
        }
        assertThat(write()).isEqualTo(parts.size()).isGreaterThan(3);
        int seen = 0;
        for (int i = 0; i < parts.size(); i++) {
            PointMapPart part = parts.get(i);
            assertThat(part.getPart()).isEqualTo(i);
            assertThat(part.getStreams()).hasSize(1);
            int bytes = Wire.encode(part).length;
            if (i < parts.size() - 1) {
                assertThat(bytes).isGreaterThan(Wire.MAX_RECORD - 1024);
            }
            seen += part.getStreams().getFirst().getRuns().size();
            assertThat(part.getChunks()).doesNotHaveDuplicates();
        }
        assertThat(seen).isEqualTo(runs);
    }

    @Test
    void manySmallEntriesFillPartsInOrder() {
        for (int i = 0; i < 50_000; i++) {
            map.change(StreamKind.UPPER, "", path("dir/file-" + i), Optional.of(meta(List.of())));
        }
        write();
        assertThat(parts).hasSizeGreaterThan(2);
        parts.forEach(p -> assertThat(Wire.encode(p).length).isLessThanOrEqualTo(Wire.MAX_RECORD));
        assertThat(parts.stream().flatMap(p -> p.getStreams().stream()).map(s -> s.getName()))
                .hasSize(50_000)
                .startsWith(path("dir/file-0"))
                .endsWith(path("dir/file-49999"));
    }

    @Test
    void anEntryThatFitsNoRecordIsTooLarge() {
        List<Xattr> xattrs = List.of(new Xattr(path("user.a"), ByteBuffer.allocate(Wire.MAX_RECORD - 100)));
        map.change(StreamKind.UPPER, "", path("f"), Optional.of(meta(xattrs)));
        assertThatThrownBy(this::write)
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(PointFault.POINT_TOO_LARGE));
    }

    @Test
    void aPointWithoutAnyChangeHasNoParts() {
        assertThat(write()).isZero();
    }

    @Test
    void numbersAreCountedByAvrosRule() {
        assertThat(List.of(0L, -1L, 63L, -64L)).allMatch(n -> MapParts.numberBytes(n) == 1);
        assertThat(List.of(64L, -65L, 8191L)).allMatch(n -> MapParts.numberBytes(n) == 2);
        assertThat(MapParts.numberBytes(Long.MIN_VALUE)).isEqualTo(10);
    }

    private static ByteBuffer path(String text) {
        return ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static FileMeta meta(List<Xattr> xattrs) {
        return new FileMeta(FileType.FILE, 0644, 0, 0, 1L, 0L, ByteBuffer.allocate(0), xattrs, ByteBuffer.allocate(16));
    }
}
