package io.rewind.capture.files;

import io.rewind.capture.staging.Staging;
import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.Xattr;
import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.FileHandle;
import io.rewind.runtime.posix.FileStat;
import io.rewind.runtime.posix.PosixPath;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockDigest;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Reads one entry whole: what the kernel says of it, and those blocks whose content is new, into the staging area. */
final class EntryReader {
    private static final int BUFFER = 256 * Block.SIZE;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /** The overlay's notes about this mount's own layers; they would be wrong anywhere else. */
    private static final Set<String> NOT_CAPTURED = Set.of(
            "trusted.overlay.origin",
            "trusted.overlay.impure",
            "trusted.overlay.nlink",
            "trusted.overlay.uuid",
            "trusted.overlay.upper");

    private final Directory root;
    private final Staging staging;
    private final byte[] buffer = new byte[BUFFER];

    EntryReader(Directory root, Staging staging) {
        this.root = root;
        this.staging = staging;
    }

    /** @param before what this path held when last read; blocks equal to its are not staged again */
    KnownTree.Entry read(String path, FileStat stat, boolean stable, String hardLinkTo, BlockTable before) {
        if (path.isEmpty()) {
            return read(root, Directory.self(), stat, stable, hardLinkTo, before);
        }
        byte[] raw = path.getBytes(StandardCharsets.ISO_8859_1);
        try (Directory parent = root.openParentOf(raw)) {
            return read(parent, PosixPath.name(raw), stat, stable, hardLinkTo, before);
        }
    }

    private KnownTree.Entry read(
            Directory parent, byte[] name, FileStat stat, boolean stable, String hardLinkTo, BlockTable before) {
        FileType type = hardLinkTo.isEmpty() ? typeOf(stat) : FileType.HARDLINK;
        ByteBuffer target = switch (type) {
            case SYMLINK -> ByteBuffer.wrap(parent.readLink(name));
            case HARDLINK -> ByteBuffer.wrap(hardLinkTo.getBytes(StandardCharsets.ISO_8859_1));
            default -> NOTHING;
        };
        BlockTable blocks = type == FileType.FILE ? readBlocks(parent, name, before) : BlockTable.EMPTY;
        FileMeta meta = new FileMeta(
                type,
                stat.permissions(),
                stat.uid(),
                stat.gid(),
                stat.mtimeNanos(),
                blocks.size,
                target,
                type == FileType.HARDLINK ? List.of() : xattrs(parent, name),
                type == FileType.FILE ? blocks.digest().toBytes() : NOTHING);
        return new KnownTree.Entry(stat, stable, meta, blocks);
    }

    private BlockTable readBlocks(Directory parent, byte[] name, BlockTable before) {
        try (FileHandle file = parent.openFile(name)) {
            BlockTable blocks = new BlockTable(file.stat().size());
            for (long offset = 0; offset < blocks.size; offset += BUFFER) {
                int wanted = (int) Math.min(BUFFER, blocks.size - offset);
                long got = file.read(MemorySegment.ofArray(buffer).asSlice(0, wanted), offset);
                // A file that shrinks under our hands has changed: it is read again inside the window.
                Arrays.fill(buffer, (int) got, wanted, (byte) 0);
                take(blocks, before, (int) (offset / Block.SIZE), wanted);
            }
            return blocks;
        }
    }

    private void take(BlockTable blocks, BlockTable before, int first, int bytes) {
        for (int at = 0; at < bytes; at += Block.SIZE) {
            int block = first + at / Block.SIZE;
            int length = blocks.length(block);
            if (!Block.isZero(buffer, at, length)) {
                blocks.set(block, BlockDigest.of(block, buffer, at, length));
            }
            if (blocks.same(block, before)) {
                blocks.stagedAt(block, before.staged(block));
            } else if (!blocks.isZero(block)) {
                blocks.stagedAt(block, staging.append(buffer, at, length));
            }
        }
    }

    private static List<Xattr> xattrs(Directory parent, byte[] name) {
        List<Xattr> xattrs = new ArrayList<>();
        for (byte[] attribute : parent.listXattrs(name)) {
            if (!NOT_CAPTURED.contains(new String(attribute, StandardCharsets.ISO_8859_1))) {
                parent.getXattr(name, attribute)
                        .ifPresent(value -> xattrs.add(new Xattr(ByteBuffer.wrap(attribute), ByteBuffer.wrap(value))));
            }
        }
        return xattrs;
    }

    private static FileType typeOf(FileStat stat) {
        return switch (stat.type()) {
            case REGULAR -> FileType.FILE;
            case DIRECTORY -> FileType.DIRECTORY;
            case SYMLINK -> FileType.SYMLINK;
            case FIFO -> FileType.FIFO;
            case SOCKET -> FileType.SOCKET;
            case CHARACTER_DEVICE -> FileType.WHITEOUT;
            case BLOCK_DEVICE -> throw new IllegalArgumentException("block devices are not captured");
        };
    }
}
