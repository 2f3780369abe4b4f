package io.rewind.cli.simulation;

import io.rewind.capture.files.KnownTree;
import io.rewind.capture.files.TreeDelta;
import io.rewind.capture.point.SpaceDelta;
import io.rewind.capture.staging.Staging;
import io.rewind.capture.tracker.PageTable;
import io.rewind.event.FileChange;
import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockDigest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** What an agent knows of the last point it published, to compare the next one with. */
record Seen(Map<String, PageTable> spaces, NavigableMap<String, Walk.Entry> files) {
    static final Seen NOTHING = new Seen(Map.of(), Collections.emptyNavigableMap());

    /** The way from there to now. */
    List<SpaceDelta> spacesTo(Walk now, Staging staging) {
        Set<String> names = new TreeSet<>(spaces.keySet());
        names.addAll(now.spaces().keySet());
        return names.stream()
                .map(name -> space(name, now.spaces().getOrDefault(name, Collections.emptyNavigableMap()), staging))
                .toList();
    }

    private SpaceDelta space(String name, NavigableMap<Long, byte[]> pages, Staging staging) {
        PageTable before = spaces.getOrDefault(name, PageTable.EMPTY);
        PageTable.Cursor cursor = before.cursor();
        PageTable.Builder after = new PageTable.Builder(pages.size());
        LongStream.Builder written = LongStream.builder();
        LongStream.Builder staged = LongStream.builder();
        pages.forEach((page, content) -> {
            BlockDigest digest = BlockDigest.of(page, content, 0, Block.SIZE);
            if (!cursor.has(page, digest)) {
                written.add(page);
                staged.add(staging.append(content, 0, Block.SIZE));
            }
            after.add(page, digest);
        });
        PageTable table = after.build();
        return new SpaceDelta(
                name,
                Optional.empty(),
                before.without(table),
                written.build().toArray(),
                staged.build().toArray(),
                pages.size(),
                table);
    }

    /** Likewise of the files. */
    TreeDelta treeTo(Walk now, Staging staging, long mtime) {
        List<FileChange> changes = new ArrayList<>();
        List<TreeDelta.StagedBlock> contents = new ArrayList<>();
        String removed = "/";
        for (Map.Entry<String, Walk.Entry> entry : files.entrySet()) {
            String path = entry.getKey();
            Walk.Entry later = now.files().get(path);
            boolean gone =
                    later == null || later.directory() != entry.getValue().directory();
            if (gone && !path.startsWith(removed)) {
                changes.add(new FileChange(bytes(path), null));
                removed = path + "/";
            }
        }
        now.files().forEach((path, entry) -> {
            Walk.Entry before = files.get(path);
            Optional<byte[]> known = Optional.ofNullable(before)
                    .filter(entryBefore -> entryBefore.directory() == entry.directory())
                    .map(Walk.Entry::content);
            byte[] old = known.orElseGet(() -> new byte[0]);
            if (known.isEmpty() || !Arrays.equals(old, entry.content())) {
                changes.add(new FileChange(bytes(path), meta(entry, mtime)));
                contents(path, old, entry.content(), staging, contents);
            }
        });
        return new TreeDelta(changes, contents, KnownTree.EMPTY, now.files().size());
    }

    private static void contents(
            String path, byte[] old, byte[] content, Staging staging, List<TreeDelta.StagedBlock> changed) {
        for (int at = 0; at < content.length; at += Block.SIZE) {
            int length = Math.min(Block.SIZE, content.length - at);
            int oldLength = Math.clamp(old.length - (long) at, 0, Block.SIZE);
            boolean zero = Block.isZero(content, at, length);
            boolean wasZero = oldLength == 0 || Block.isZero(old, at, oldLength);
            boolean same = oldLength == length && Arrays.equals(old, at, at + length, content, at, at + length);
            if (!same && !(zero && wasZero)) {
                long position = zero ? -1 : staging.append(content, at, length);
                changed.add(new TreeDelta.StagedBlock(path, at / Block.SIZE, position, length));
            }
        }
    }

    private static FileMeta meta(Walk.Entry entry, long mtime) {
        return FileMeta.newBuilder()
                .setType(entry.directory() ? FileType.DIRECTORY : FileType.FILE)
                .setMode(0755)
                .setUid(0)
                .setGid(0)
                .setMtimeNanos(mtime)
                .setSize(entry.content().length)
                .setTarget(ByteBuffer.allocate(0))
                .setXattrs(List.of())
                .setDigest(ByteBuffer.allocate(0))
                .build();
    }

    private static ByteBuffer bytes(String path) {
        return ByteBuffer.wrap(path.getBytes(StandardCharsets.UTF_8));
    }

    /** What was seen once this is published. */
    static Seen of(List<SpaceDelta> spaces, Walk now) {
        Map<String, PageTable> tables = new TreeMap<>();
        spaces.forEach(space -> tables.put(space.name(), space.after()));
        return new Seen(tables, new TreeMap<>(now.files()));
    }
}
