package io.rewind.restore.tree;

import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.Xattr;
import io.rewind.restore.plan.PlannedStream;
import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.ErrnoException;
import io.rewind.runtime.posix.FileHandle;
import io.rewind.runtime.posix.PosixPath;
import java.nio.ByteBuffer;
import java.util.List;

/** Three rounds: entries, then further names, then what is known about directories, from the deepest up. */
final class TreeBuild {
    private static final int PRIVATE = 0700;

    private final String tree;
    private final Directory content;
    private final Directory root;

    /** @param tree of which the streams' entries are taken */
    TreeBuild(String tree, Directory content, Directory root) {
        this.tree = tree;
        this.content = content;
        this.root = root;
    }

    void build(List<PlannedStream> streams) {
        for (int i = 0; i < streams.size(); i++) {
            if (isOurs(streams.get(i)) && streams.get(i).name().length > 0) {
                entry(i, streams.get(i));
            }
        }
        for (PlannedStream stream : streams) {
            if (is(stream, FileType.HARDLINK)) {
                hardLink(stream);
            }
        }
        for (PlannedStream stream : streams.reversed()) {
            if (is(stream, FileType.DIRECTORY)) {
                directoryMeta(stream);
            }
        }
    }

    private boolean isOurs(PlannedStream stream) {
        return stream.isEntry() && stream.tree().equals(tree);
    }

    private boolean is(PlannedStream stream, FileType type) {
        return isOurs(stream) && stream.meta().orElseThrow().getType() == type;
    }

    private void entry(int number, PlannedStream stream) {
        FileMeta meta = stream.meta().orElseThrow();
        byte[] name = PosixPath.name(stream.name());
        try (Directory parent = root.openParentOf(stream.name())) {
            switch (meta.getType()) {
                case FILE -> file(number, stream, parent, name);
                case DIRECTORY -> parent.makeDirectory(name, PRIVATE);
                case SYMLINK -> parent.makeSymlink(name, bytes(meta.getTarget()));
                case FIFO -> parent.makeFifo(name, PRIVATE);
                case SOCKET -> parent.makeSocket(name, PRIVATE);
                case WHITEOUT -> parent.makeWhiteout(name);
                case HARDLINK -> {}
            }
            if (meta.getType() != FileType.DIRECTORY && meta.getType() != FileType.HARDLINK) {
                describe(parent, name, meta);
            }
        }
    }

    private void file(int number, PlannedStream stream, Directory parent, byte[] name) {
        try {
            content.rename(PosixPath.of(Integer.toString(number)), parent, name);
        } catch (ErrnoException e) {
            if (!e.isNoEntry()) {
                throw e;
            }
            // Nothing but a hole, or nothing at all.
            try (FileHandle empty = parent.create(name, PRIVATE)) {
                empty.truncate(stream.size());
            }
        }
    }

    private void hardLink(PlannedStream stream) {
        byte[] target = bytes(stream.meta().orElseThrow().getTarget());
        try (Directory parent = root.openParentOf(stream.name())) {
            parent.makeLink(PosixPath.name(stream.name()), root, target);
        }
    }

    private void directoryMeta(PlannedStream stream) {
        FileMeta meta = stream.meta().orElseThrow();
        if (stream.name().length == 0) {
            describe(root, Directory.self(), meta);
            return;
        }
        try (Directory parent = root.openParentOf(stream.name())) {
            describe(parent, PosixPath.name(stream.name()), meta);
        }
    }

    /** In this order: changing the owner clears set-id bits and capabilities, adding entries changes times. */
    private static void describe(Directory parent, byte[] name, FileMeta meta) {
        parent.chown(name, meta.getUid(), meta.getGid());
        if (meta.getType() != FileType.SYMLINK) {
            parent.chmod(name, meta.getMode());
        }
        for (Xattr xattr : meta.getXattrs()) {
            parent.setXattr(name, bytes(xattr.getName()), bytes(xattr.getValue()));
        }
        parent.setTimes(name, meta.getMtimeNanos());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
