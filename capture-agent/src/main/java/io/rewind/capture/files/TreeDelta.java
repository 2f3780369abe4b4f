package io.rewind.capture.files;

import io.rewind.event.FileChange;
import io.rewind.event.FileType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The way from one state of a tree to the next.
 *
 * @param changes removals first, then entries in byte order, parents before children
 * @param contents blocks to send, ascending within a file, files in byte order
 * @param after the tree as it is now, to compare the next one with
 * @param files entries it has now
 */
public record TreeDelta(List<FileChange> changes, List<StagedBlock> contents, KnownTree after, int files) {

    /** One changed block. {@code staged} negative: it is zero. */
    public record StagedBlock(String path, long block, long staged, int length) {}

    static TreeDelta between(NavigableMap<String, KnownTree.Entry> before, NavigableMap<String, KnownTree.Entry> now) {
        List<FileChange> changes = new ArrayList<>();
        List<StagedBlock> contents = new ArrayList<>();
        String removed = "/";
        for (var entry : before.entrySet()) {
            String path = entry.getKey();
            boolean below = path.startsWith(removed);
            KnownTree.Entry later = now.get(path);
            if (!below && (later == null || isOtherKind(entry.getValue(), later))) {
                changes.add(new FileChange(bytes(path), null));
                removed = path + "/";
            }
        }
        NavigableMap<String, KnownTree.Entry> settled = new TreeMap<>();
        now.forEach((path, entry) -> {
            KnownTree.Entry earlier = before.get(path);
            if (earlier == null || isOtherKind(earlier, entry)) {
                changes.add(new FileChange(bytes(path), entry.meta()));
                blocks(path, BlockTable.EMPTY, entry.blocks(), contents);
            } else if (!earlier.meta().equals(entry.meta())) {
                changes.add(new FileChange(bytes(path), entry.meta()));
                blocks(path, earlier.blocks(), entry.blocks(), contents);
            }
            settled.put(path, entry.settled());
        });
        return new TreeDelta(changes, contents, new KnownTree(settled), settled.size());
    }

    private static void blocks(String path, BlockTable before, BlockTable now, List<StagedBlock> contents) {
        for (int i = 0; i < now.blocks(); i++) {
            boolean wasZero = i >= before.blocks() || before.isZero(i);
            if (!now.same(i, before) && !(now.isZero(i) && wasZero)) {
                contents.add(new StagedBlock(path, i, now.isZero(i) ? -1 : now.staged(i), now.length(i)));
            }
        }
    }

    /** An entry of another kind replaces the old one, with all below it. */
    private static boolean isOtherKind(KnownTree.Entry earlier, KnownTree.Entry now) {
        return !earlier.meta().getType().equals(now.meta().getType());
    }

    /** Entries that are new, gone or different; directories count only when they are gone. */
    public long changedFiles() {
        return changes.stream()
                .filter(change -> change.getMeta()
                        .map(meta -> meta.getType() != FileType.DIRECTORY)
                        .orElse(true))
                .count();
    }

    static ByteBuffer bytes(String path) {
        return ByteBuffer.wrap(path.getBytes(StandardCharsets.ISO_8859_1));
    }
}
