package io.rewind.runtime.posix;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Reads a tree and makes the same tree elsewhere, by nothing but {@link Directory}. */
final class TreeCopy {
    private static final byte[] SELF = Directory.self();

    private final Directory target;
    private final Map<Long, byte[]> pathsByInode = new HashMap<>();

    private TreeCopy(Directory target) {
        this.target = target;
    }

    static void copy(Directory source, Directory target) {
        new TreeCopy(target).entries(source, target, new byte[0]);
        metadata(source, SELF, target, SELF);
    }

    private void entries(Directory from, Directory to, byte[] path) {
        for (byte[] name : from.list()) {
            entry(from, to, name, PosixPath.join(path, name));
        }
    }

    private void entry(Directory from, Directory to, byte[] name, byte[] path) {
        FileStat stat = from.stat(name);
        byte[] first = pathsByInode.putIfAbsent(stat.inode(), path);
        if (first != null) {
            to.makeLink(name, target, first);
            return;
        }
        switch (stat.type()) {
            case DIRECTORY -> {
                to.makeDirectory(name, 0700);
                try (Directory below = from.openBeneath(name);
                        Directory copy = to.openBeneath(name)) {
                    entries(below, copy, path);
                }
            }
            case REGULAR -> content(from, to, name);
            case SYMLINK -> to.makeSymlink(name, from.readLink(name));
            case FIFO -> to.makeFifo(name, 0600);
            case SOCKET -> to.makeSocket(name, 0600);
            case CHARACTER_DEVICE -> to.makeWhiteout(name);
            case BLOCK_DEVICE -> throw new IllegalStateException("not in these trees");
        }
        metadata(from, name, to, name);
    }

    private static void content(Directory from, Directory to, byte[] name) {
        try (FileHandle in = from.openFile(name);
                FileHandle out = to.create(name, 0600)) {
            out.truncate(in.stat().size());
            OptionalLong data = in.nextData(0);
            while (data.isPresent()) {
                long start = data.getAsLong();
                long end = in.nextHole(start);
                MemorySegment bytes = MemorySegment.ofArray(new byte[(int) (end - start)]);
                out.write(bytes.asSlice(0, in.read(bytes, start)), start);
                data = in.nextData(end);
            }
            out.sync();
        }
    }

    private static void metadata(Directory from, byte[] name, Directory to, byte[] copy) {
        FileStat stat = from.stat(name);
        to.chown(copy, stat.uid(), stat.gid());
        if (!stat.isSymlink()) {
            to.chmod(copy, stat.permissions());
        }
        for (byte[] attribute : from.listXattrs(name)) {
            to.setXattr(copy, attribute, from.getXattr(name, attribute).orElseThrow());
        }
        to.setTimes(copy, stat.mtimeNanos());
    }
}
