package io.rewind.encoder.point;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.encoder.map.RunList;
import io.rewind.event.BlockRun;
import io.rewind.event.CaptureGap;
import io.rewind.event.ChunkRecord;
import io.rewind.event.PointMapPart;
import io.rewind.event.PointRecord;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.schemas.content.BlockBody;
import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.content.PatchBody;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A model of the store: reads {@code rewind.chunks} in order, and refuses a point that needs what did not come before. */
final class Decoded {
    static final ByteBuffer ZERO = ByteBuffer.allocate(0);
    static final ByteBuffer GONE = ByteBuffer.wrap(new byte[] {-2});

    /** By point: its streams by kind, tree and name. */
    final Map<String, Map<String, Stream>> points = new LinkedHashMap<>();

    final Map<String, PointRecord> records = new HashMap<>();
    final List<CaptureGap> gaps = new ArrayList<>();
    private final Map<ChunkId, ChunkBody> chunks = new HashMap<>();
    private final Map<String, Map<Integer, PointMapPart>> parts = new HashMap<>();
    int largest;
    /** Most patches over one base. */
    int deepest;

    static final class Stream {
        final Map<Long, ByteBuffer> blocks = new TreeMap<>();
        boolean removed;

        Map<Long, ByteBuffer> blocks() {
            return blocks;
        }

        void put(long number, byte[] bytes, int offset, int length) {
            byte[] block = Arrays.copyOfRange(bytes, offset, offset + length);
            blocks.put(number, Arrays.equals(block, new byte[length]) ? ZERO : ByteBuffer.wrap(block));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Stream s && s.removed == removed && s.blocks.equals(blocks);
        }

        @Override
        public int hashCode() {
            return blocks.hashCode();
        }

        @Override
        public String toString() {
            return (removed ? "removed " : "") + blocks.keySet();
        }
    }

    static Decoded of(List<ProducerRecord<byte[], byte[]>> sent) {
        Decoded decoded = new Decoded();
        sent.stream().filter(r -> r.topic().equals(Topics.CHUNKS)).forEach(r -> decoded.take(r.value()));
        return decoded;
    }

    private void take(byte[] value) {
        largest = Math.max(largest, value.length);
        switch (Wire.decode(value)) {
            case ChunkRecord c -> {
                ChunkId id = ChunkId.read(c.getId());
                byte[] body = new byte[c.getBody().remaining()];
                c.getBody().get(body);
                chunks.put(id, ChunkBody.open(id, c.getBlocks(), c.getRawSize(), body));
            }
            case PointMapPart p ->
                parts.computeIfAbsent(p.getPoint(), _ -> new HashMap<>()).put(p.getPart(), p);
            case PointRecord p -> {
                records.put(p.getHeader().getPoint(), p);
                points.put(p.getHeader().getPoint(), decode(p));
            }
            case CaptureGap g -> gaps.add(g);
            default -> throw new AssertionError("unexpected record");
        }
    }

    /** What the point names must have come before it (I3). */
    private static <K, V> V there(Map<K, V> map, K key) {
        assertThat(map).as("what came before").containsKey(key);
        return Objects.requireNonNull(map.get(key));
    }

    PointRecord record(String point) {
        return there(records, point);
    }

    Stream stream(String point, String name) {
        return there(there(points, point), name);
    }

    private Map<String, Stream> decode(PointRecord point) {
        Map<String, Stream> streams = new TreeMap<>();
        for (int i = 0; i < point.getParts(); i++) {
            PointMapPart part = there(there(parts, point.getHeader().getPoint()), i);
            for (StreamChange change : part.getStreams()) {
                assertThat(change.getMeta().isPresent())
                        .isEqualTo(!change.getRemoved()
                                && (change.getKind() == StreamKind.UPPER || change.getKind() == StreamKind.VOLUME));
                apply(part, change, streams);
            }
        }
        return streams;
    }

    private void apply(PointMapPart part, StreamChange change, Map<String, Stream> streams) {
        String name =
                StandardCharsets.UTF_8.decode(change.getName().duplicate()).toString();
        Stream stream =
                streams.computeIfAbsent(change.getKind() + "/" + change.getTree() + "/" + name, _ -> new Stream());
        stream.removed = change.getRemoved();
        for (BlockRun run : change.getRuns()) {
            for (int i = 0; i < run.getCount(); i++) {
                stream.blocks().put(run.getFirst() + i, block(part, run, i));
            }
        }
    }

    private ByteBuffer block(PointMapPart part, BlockRun run, int i) {
        if (run.getChunk() == RunList.ZERO) {
            return ZERO;
        }
        if (run.getChunk() == RunList.GONE) {
            return GONE;
        }
        ChunkId id = ChunkId.read(part.getChunks().get(run.getChunk()));
        return ByteBuffer.wrap(block(id, run.getAt() + i, 0));
    }

    private byte[] block(ChunkId id, int at, int layers) {
        deepest = Math.max(deepest, layers);
        return switch (there(chunks, id)) {
            case BlockBody whole ->
                Arrays.copyOfRange(whole.bytes(), whole.offset(at), whole.offset(at) + whole.length(at));
            case PatchBody patches -> {
                int source = patches.source(at);
                ChunkId over = patches.sources().get(source);
                assertThat(there(chunks, over) instanceof PatchBody).isEqualTo(patches.holdsPatches(source));
                byte[] block = block(over, patches.number(at), layers + 1);
                patches.apply(at, block, 0, block.length);
                yield block;
            }
        };
    }
}
