package io.rewind.restore.look;

import io.rewind.event.BlockRun;
import io.rewind.event.FileType;
import io.rewind.event.StreamChange;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.fetch.BlockWindow;
import io.rewind.restore.points.PointSource;
import io.rewind.restore.points.StoredPoint;
import io.rewind.restore.points.StreamPart;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.posix.PosixPath;
import io.rewind.schemas.client.Selection;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.id.ChunkId;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * Pours streams of a point, content and all, into a sink. Collects blocks until the window is full, brings them together,
 * then hands them on in order; so memory is that of one window, whatever the streams' sizes. For one reading.
 */
public final class Contents {
    private static final int ZERO = -1;
    /** Streams without content that may wait. */
    private static final int MOST_STEPS = 4 * BlockWindow.CAPACITY;

    /** What is to be done with the sink, once the window is there. */
    private sealed interface Step {
        record Begin(StreamChange stream) implements Step {}

        record Put(long block, int slot) implements Step {}

        record End() implements Step {}
    }

    private final BlockWindow window;
    private final OrderedPour pour;
    private final List<Step> steps = new ArrayList<>();
    private Optional<StreamChange> current = Optional.empty();
    private long nextBlock;

    private Contents(BlockWindow window, StreamSink sink) {
        this.window = window;
        this.pour = new OrderedPour(sink);
    }

    /**
     * Images, or entries of trees. A further name of a file comes as a file with the same content.
     *
     * @param wanted those of the selected ones to pour
     * @param scratch a folder for what does not fit into memory and does not stay
     * @throws Fault POINT_DAMAGED as soon as something is not what was captured; the sink is then in the middle
     */
    public static void pour(
            PointSource source,
            Moment moment,
            Selection selection,
            Predicate<StreamChange> wanted,
            Path scratch,
            StreamSink sink) {
        Contents contents = new Contents(new BlockWindow(source, moment.timeline(), scratch), sink);
        moment.point().streams(selection, part -> {
            if (!wanted.test(part.change())) {
                return;
            }
            if (is(part.change(), FileType.HARDLINK)) {
                contents.takeContentOf(part.change(), moment.point());
            } else {
                contents.take(part);
            }
        });
        contents.finish();
    }

    private void takeContentOf(StreamChange link, StoredPoint point) {
        ByteBuffer target = link.getMeta().orElseThrow().getTarget();
        Selection carrier = Selection.of(link.getKind(), link.getTree(), Entry.bytes(target));
        AtomicBoolean found = new AtomicBoolean();
        point.streams(carrier, part -> {
            if (part.change().getName().equals(target) && is(part.change(), FileType.FILE)) {
                found.set(true);
                StreamChange renamed = StreamChange.newBuilder(part.change())
                        .setName(link.getName())
                        .build();
                take(new StreamPart(renamed, part.chunks(), part.patches()));
            }
        });
        if (!found.get()) {
            throw damaged(link, "is a further name of what is no file");
        }
    }

    private void take(StreamPart part) {
        StreamChange change = part.change();
        if (!continues(change)) {
            endCurrent();
            current = Optional.of(change);
            nextBlock = 0;
            steps.add(new Step.Begin(change));
        }
        for (BlockRun run : change.getRuns()) {
            take(part, run);
        }
        if (steps.size() > MOST_STEPS) {
            flush();
        }
    }

    private boolean continues(StreamChange change) {
        return current.filter(c -> c.getKind() == change.getKind()
                        && c.getTree().equals(change.getTree())
                        && c.getName().equals(change.getName()))
                .isPresent();
    }

    private void take(StreamPart part, BlockRun run) {
        long blocks = Block.count(OrderedPour.size(part.change()));
        if (run.getCount() < 1 || run.getFirst() < nextBlock || run.getFirst() > blocks - run.getCount()) {
            throw damaged(part.change(), "has blocks that do not lie in it");
        }
        nextBlock = run.getFirst() + run.getCount();
        if (run.getChunk() == ZERO) {
            return;
        }
        ChunkId chunk = part.chunkOf(run);
        boolean patch = part.patches().contains(chunk);
        for (int n = 0; n < run.getCount(); n++) {
            if (!window.hasRoomFor(1)) {
                flush();
            }
            steps.add(new Step.Put(run.getFirst() + n, window.add(chunk, patch, run.getAt() + n)));
        }
    }

    private void endCurrent() {
        if (current.isPresent()) {
            steps.add(new Step.End());
        }
    }

    private void finish() {
        endCurrent();
        flush();
    }

    private void flush() {
        window.bring();
        for (Step step : steps) {
            switch (step) {
                case Step.Begin(StreamChange stream) -> pour.begin(stream);
                case Step.Put(long block, int slot) ->
                    pour.put(block, window.bytes(), window.offset(slot), window.length(slot));
                case Step.End() -> pour.end();
            }
        }
        steps.clear();
        window.clear();
    }

    static Fault damaged(StreamChange stream, String why) {
        return RestoreCode.POINT_DAMAGED.because(
                "\"" + PosixPath.display(Entry.bytes(stream.getName())) + "\" of the point " + why + ".");
    }

    static boolean is(StreamChange stream, FileType type) {
        return stream.getMeta().filter(m -> m.getType() == type).isPresent();
    }
}
