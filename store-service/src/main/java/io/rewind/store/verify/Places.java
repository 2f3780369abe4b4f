package io.rewind.store.verify;

import io.rewind.event.BlockRun;
import io.rewind.event.StreamChange;
import io.rewind.schemas.id.ChunkId;
import io.rewind.store.map.PointStreams;
import io.rewind.store.node.NodeId;
import io.rewind.store.node.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Finds out which stretches of a point lie in certain chunks, and names them for people. */
public final class Places {
    private record Stretch(String stream, String unit, long first, long end, ChunkId chunk) {
        String named() {
            return stream + ", " + unit + " " + first + "-" + (end - 1);
        }
    }

    private final BiConsumer<String, ChunkId> each;
    private Optional<Stretch> open = Optional.empty();

    private Places(BiConsumer<String, ChunkId> each) {
        this.each = each;
    }

    /**
     * Reads a point's whole map.
     *
     * @param each told such as {@code memory 17, pages 4096-4099} and the chunk they lie in
     * @throws io.rewind.runtime.fault.Fault STORE_DAMAGED when the map itself cannot be read
     */
    public static void find(Nodes nodes, NodeId map, Predicate<ChunkId> wanted, BiConsumer<String, ChunkId> each) {
        Places places = new Places(each);
        PointStreams.read(nodes, map, (stream, chunks) -> places.look(stream, chunks, wanted));
        places.tell();
    }

    private void look(StreamChange stream, List<ChunkId> chunks, Predicate<ChunkId> wanted) {
        for (BlockRun run : stream.getRuns()) {
            if (run.getChunk() >= 0 && wanted.test(chunks.get(run.getChunk()))) {
                add(stretch(stream, run, chunks.get(run.getChunk())));
            }
        }
    }

    private void add(Stretch next) {
        boolean goesOn = open.filter(last ->
                        last.stream.equals(next.stream) && last.end == next.first && last.chunk.equals(next.chunk))
                .isPresent();
        if (goesOn) {
            Stretch last = open.orElseThrow();
            open = Optional.of(new Stretch(last.stream, last.unit, last.first, next.end, last.chunk));
        } else {
            tell();
            open = Optional.of(next);
        }
    }

    private void tell() {
        open.ifPresent(stretch -> each.accept(stretch.named(), stretch.chunk));
        open = Optional.empty();
    }

    private static Stretch stretch(StreamChange stream, BlockRun run, ChunkId chunk) {
        String name =
                StandardCharsets.UTF_8.decode(stream.getName().duplicate()).toString();
        String named = switch (stream.getKind()) {
            case MEMORY -> "memory " + name;
            case IMAGE -> "process image " + name;
            case UPPER -> "file " + name;
            case VOLUME -> "volume " + stream.getTree() + " file " + name;
        };
        String unit = named.startsWith("memory ") ? "pages" : "blocks";
        return new Stretch(named, unit, run.getFirst(), run.getFirst() + run.getCount(), chunk);
    }
}
