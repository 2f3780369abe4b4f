package io.rewind.restore.look;

import io.rewind.criu.AddressSpace;
import io.rewind.event.BlockRun;
import io.rewind.event.StreamKind;
import io.rewind.restore.fetch.BlockWindow;
import io.rewind.restore.points.PointSource;
import io.rewind.restore.points.StreamPart;
import io.rewind.runtime.posix.PosixPath;
import io.rewind.schemas.client.Selection;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.id.ChunkId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What processes were started as: it lies in their memory, where the kernel reads it, too. */
final class CommandLines {
    private static final int LONGEST = 1024;

    private final BlockWindow window;
    private final Map<Integer, Arguments> arguments = new HashMap<>();
    private final Map<Integer, Slot> slots = new HashMap<>();

    private record Slot(int pid, long page) {}

    /** The stretch of memory, and what of it has come. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Arguments(long start, byte[] bytes) {
        boolean touches(long page) {
            return page >= start / Block.SIZE && page <= (start + bytes.length - 1) / Block.SIZE;
        }

        void take(long page, byte[] from, int offset) {
            long at = page * Block.SIZE;
            long low = Math.max(at, start);
            long high = Math.min(at + Block.SIZE, start + bytes.length);
            System.arraycopy(from, offset + (int) (low - at), bytes, (int) (low - start), (int) (high - low));
        }
    }

    private CommandLines(BlockWindow window, Map<Integer, AddressSpace> spaces) {
        this.window = window;
        spaces.forEach((pid, space) -> {
            long length = Math.min(LONGEST, space.argEnd() - space.argStart());
            if (length > 0 && space.argStart() > 0) {
                arguments.put(pid, new Arguments(space.argStart(), new byte[(int) length]));
            }
        });
    }

    /** By process, safe to be shown; arguments separated by spaces. */
    static Map<Integer, String> of(PointSource source, Moment moment, Path scratch, Map<Integer, AddressSpace> spaces) {
        CommandLines lines = new CommandLines(new BlockWindow(source, moment.timeline(), scratch), spaces);
        moment.point().streams(Selection.of(StreamKind.MEMORY), lines::take);
        lines.bring();
        Map<Integer, String> shown = new HashMap<>();
        lines.arguments.forEach((pid, found) -> shown.put(pid, shown(found.bytes)));
        return shown;
    }

    private void take(StreamPart part) {
        pid(part)
                .ifPresent(pid -> Optional.ofNullable(arguments.get(pid)).ifPresent(wanted -> take(part, pid, wanted)));
    }

    private void take(StreamPart part, int pid, Arguments wanted) {
        for (BlockRun run : part.change().getRuns()) {
            for (int n = 0; n < run.getCount() && run.getChunk() >= 0; n++) {
                long page = run.getFirst() + n;
                if (wanted.touches(page)) {
                    add(part, run, n, new Slot(pid, page));
                }
            }
        }
    }

    private void add(StreamPart part, BlockRun run, int n, Slot slot) {
        if (!window.hasRoomFor(1)) {
            bring();
        }
        ChunkId chunk = part.chunkOf(run);
        slots.put(window.add(chunk, part.patches().contains(chunk), run.getAt() + n), slot);
    }

    private void bring() {
        window.bring();
        slots.forEach((slot, of) -> Optional.ofNullable(arguments.get(of.pid))
                .ifPresent(to -> to.take(of.page, window.bytes(), window.offset(slot))));
        slots.clear();
        window.clear();
    }

    private static Optional<Integer> pid(StreamPart part) {
        String space = new String(Entry.bytes(part.change().getName()), StandardCharsets.UTF_8);
        return space.matches("[0-9]{1,9}") ? Optional.of(Integer.valueOf(space)) : Optional.empty();
    }

    private static String shown(byte[] bytes) {
        byte[] line = bytes.clone();
        for (int i = 0; i < line.length; i++) {
            line[i] = line[i] == 0 ? (byte) ' ' : line[i];
        }
        return PosixPath.display(line).strip();
    }
}
