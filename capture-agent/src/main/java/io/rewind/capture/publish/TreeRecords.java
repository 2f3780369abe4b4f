package io.rewind.capture.publish;

import io.rewind.capture.files.TreeDelta;
import io.rewind.capture.files.TreeDelta.StagedBlock;
import io.rewind.capture.staging.Staging;
import io.rewind.event.FileBlocks;
import io.rewind.event.FileChange;
import io.rewind.event.FileMeta;
import io.rewind.event.OverlayChange;
import io.rewind.event.VolumeChange;
import io.rewind.schemas.wire.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A tree's changes as records: first what entries there are, then their content. */
final class TreeRecords {
    private static final int FRAMING = 64;

    private final PointPublisher.Sequence sequence;
    private final String timeline;
    private final String point;
    private final String tree;
    private final Staging staging;
    private List<FileChange> changes = new ArrayList<>();
    private List<FileBlocks> blocks = new ArrayList<>();
    private int weight;

    /** @param tree the volume; empty for the upper directory */
    TreeRecords(PointPublisher.Sequence sequence, String timeline, String point, String tree, Staging staging) {
        this.sequence = sequence;
        this.timeline = timeline;
        this.point = point;
        this.tree = tree;
        this.staging = staging;
    }

    void send(TreeDelta delta) {
        for (FileChange change : delta.changes()) {
            makeRoom(weight(change));
            changes.add(change);
        }
        List<StagedBlock> contents = delta.contents();
        for (int from = 0; from < contents.size(); ) {
            int to = from;
            int length = 0;
            StagedBlock first = contents.get(from);
            // A row of blocks goes on as long as it fits in one record.
            while (to < contents.size()
                    && contents.get(to).path().equals(first.path())
                    && contents.get(to).block() == first.block() + to - from
                    && length + contents.get(to).length() <= Wire.MAX_CONTENT / 4) {
                length += contents.get(to).length();
                to++;
            }
            makeRoom(first.path().length() + length + FRAMING);
            blocks.add(new FileBlocks(path(first), first.block(), content(contents.subList(from, to), length)));
            from = to;
        }
        flush();
    }

    private ByteBuffer content(List<StagedBlock> row, int length) {
        byte[] bytes = new byte[length];
        int at = 0;
        for (StagedBlock block : row) {
            if (block.staged() >= 0) {
                staging.read(block.staged(), bytes, at, block.length());
            }
            at += block.length();
        }
        return ByteBuffer.wrap(bytes);
    }

    private static ByteBuffer path(StagedBlock block) {
        return ByteBuffer.wrap(block.path().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static int weight(FileChange change) {
        int meta = change.getMeta().map(TreeRecords::weight).orElse(0);
        return FRAMING + change.getPath().remaining() + meta;
    }

    private static int weight(FileMeta meta) {
        return FRAMING
                + meta.getTarget().remaining()
                + meta.getXattrs().stream()
                        .mapToInt(x -> x.getName().remaining() + x.getValue().remaining() + FRAMING)
                        .sum();
    }

    private void makeRoom(int bytes) {
        if (weight + bytes > Wire.MAX_CONTENT) {
            flush();
        }
        weight += bytes;
    }

    private void flush() {
        if (!changes.isEmpty() || !blocks.isEmpty()) {
            List<FileChange> these = changes;
            List<FileBlocks> contents = blocks;
            sequence.send(number -> tree.isEmpty()
                    ? new OverlayChange(timeline, point, number, these, contents)
                    : new VolumeChange(timeline, point, number, tree, these, contents));
        }
        changes = new ArrayList<>();
        blocks = new ArrayList<>();
        weight = 0;
    }
}
