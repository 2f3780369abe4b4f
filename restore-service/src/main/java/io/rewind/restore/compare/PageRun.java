package io.rewind.restore.compare;

import io.rewind.event.BlockRun;
import io.rewind.event.StreamKind;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.look.Moment;
import io.rewind.restore.points.StreamPart;
import io.rewind.schemas.client.Selection;
import io.rewind.schemas.id.ChunkId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Pages of one space in a row, and where they are stored in a row.
 *
 * @param chunk none: they are zero
 * @param patch whether the chunk holds patches
 */
record PageRun(String space, long first, int count, Optional<ChunkId> chunk, boolean patch, int at) {

    /** Of all memory of a point, by space and page. */
    static void all(Moment moment, Consumer<PageRun> each) {
        moment.point().streams(Selection.of(StreamKind.MEMORY), part -> {
            String space = StandardCharsets.UTF_8
                    .decode(part.change().getName().duplicate())
                    .toString();
            part.change().getRuns().forEach(run -> each.accept(of(space, part, run)));
        });
    }

    private static PageRun of(String space, StreamPart part, BlockRun run) {
        if (run.getCount() < 1) {
            throw RestoreCode.POINT_DAMAGED.because("The point's description is damaged: pages come in no number.");
        }
        Optional<ChunkId> chunk = run.getChunk() < 0 ? Optional.empty() : Optional.of(part.chunkOf(run));
        boolean patch = chunk.filter(part.patches()::contains).isPresent();
        return new PageRun(space, run.getFirst(), run.getCount(), chunk, patch, run.getAt());
    }

    /** Without its first pages. */
    PageRun after(int pages) {
        return new PageRun(space, first + pages, count - pages, chunk, patch, at + pages);
    }

    /** Content of both is the same because it is stored once. */
    boolean isStoredWith(PageRun other) {
        return chunk.equals(other.chunk) && (chunk.isEmpty() || at == other.at);
    }
}
