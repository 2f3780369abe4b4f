package io.rewind.runtime.posix;

import static io.rewind.runtime.posix.PosixPath.requireName;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An open directory. Every call acts on one entry of it, by name, and on a link itself, never on what it points to.
 * Calls that read or change what is known about an entry also take {@link #self}, for the directory.
 *
 * <p>Permission bits of a new entry are narrowed by the process's umask; {@link #chmod} makes them exact. The kernel
 * clears set-id bits and capabilities on chown and a directory's time when entries are added, hence this order: content,
 * chown, chmod, attributes, times.
 *
 * <p>Each call throws {@link ErrnoException} with what the kernel says, and {@link PathRefused} for what is not a name.
 * For one thread at a time.
 */
public final class Directory implements AutoCloseable {
    private static final byte[] DOT = {'.'};
    private static final long NANOS = 1_000_000_000;

    private final Descriptor descriptor;
    private final Descent descent;

    private Directory(Descriptor descriptor, Descent descent) {
        this.descriptor = descriptor;
        this.descent = descent;
    }

    /** A root of ours, never from stored data: links in this path are followed. */
    public static Directory open(Path root) {
        return open(root, Descent.best());
    }

    static Directory open(Path root, Descent descent) {
        byte[] path = PosixPath.of(root.toAbsolutePath().toString());
        int flags = FileCalls.O_RDONLY | FileCalls.O_DIRECTORY;
        return new Directory(Descriptor.open(FileCalls.AT_FDCWD, path, flags, 0), descent);
    }

    /** The name of the directory itself. */
    public static byte[] self() {
        return DOT.clone();
    }

    /**
     * A directory further down.
     *
     * @throws ErrnoException ELOOP or ENOTDIR when a name of the path is a link
     */
    public Directory openBeneath(byte[] path) {
        return new Directory(descent.descend(descriptor, path), descent);
    }

    /** The directory that an entry further down is in: a new descriptor of this one when the path is a single name. */
    public Directory openParentOf(byte[] path) {
        byte[] parent = PosixPath.parent(PosixPath.requireRelative(path));
        return parent.length > 0
                ? openBeneath(parent)
                : new Directory(
                        Descriptor.open(descriptor.number(), DOT, FileCalls.O_RDONLY | FileCalls.O_DIRECTORY, 0),
                        descent);
    }

    /** All names, sorted by unsigned bytes. */
    public List<byte[]> list() {
        return DirectoryListing.of(descriptor);
    }

    public FileStat stat(byte[] name) {
        return FileStat.of(descriptor, entry(name));
    }

    /** The text of a symbolic link. */
    public byte[] readLink(byte[] name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(4096);
            long length = at(FileCalls.READLINKAT, requireName(name), text.address(), text.byteSize());
            return text.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /**
     * For reading. The type is known before anything is opened, since to open a device may be to act on it.
     *
     * @throws ErrnoException ELOOP for a link, EISDIR for a directory, ENXIO for whatever else is not a regular file,
     *     EAGAIN while somebody holds a write lease
     */
    public FileHandle openFile(byte[] name) {
        return FileHandle.open(descriptor, requireName(name));
    }

    /**
     * A new regular file, for writing.
     *
     * @throws ErrnoException EEXIST for whatever has the name already, be it a link to nowhere
     */
    public FileHandle create(byte[] name, int permissions) {
        int flags = FileCalls.O_WRONLY | FileCalls.O_CREAT | FileCalls.O_EXCL | FileCalls.O_NOFOLLOW;
        int mode = permissions & FileStat.PERMISSIONS;
        return new FileHandle(Descriptor.open(descriptor.number(), requireName(name), flags, mode), name);
    }

    public void makeDirectory(byte[] name, int permissions) {
        at(FileCalls.MKDIRAT, requireName(name), permissions & FileStat.PERMISSIONS);
    }

    /** The text may be anything but empty and is not looked at. */
    public void makeSymlink(byte[] name, byte[] text) {
        try (Arena arena = Arena.ofConfined()) {
            long target = FileCalls.string(arena, text).address();
            long link = FileCalls.string(arena, requireName(name)).address();
            ErrnoException.check(
                    Libc.call(FileCalls.SYMLINKAT, target, descriptor.number(), link), FileCalls.SYMLINKAT, name);
        }
    }

    /** A further name for what a path beneath a root names; for a link, for the link itself. */
    public void makeLink(byte[] name, Directory root, byte[] existing) {
        try (Directory parent = root.openParentOf(existing)) {
            FileCalls.pair(
                    FileCalls.LINKAT, parent.descriptor, PosixPath.name(existing), descriptor, requireName(name));
        }
    }

    public void makeFifo(byte[] name, int permissions) {
        makeNode(name, FileType.FIFO.mode(permissions));
    }

    /** A name in the file system to which nobody listens. */
    public void makeSocket(byte[] name, int permissions) {
        makeNode(name, FileType.SOCKET.mode(permissions));
    }

    /** The only device there is a way to make: 0:0, which marks an entry of an overlay as deleted. */
    public void makeWhiteout(byte[] name) {
        makeNode(name, FileType.CHARACTER_DEVICE.mode(0));
    }

    /** Both are unsigned; -1 is no owner. */
    public void chown(byte[] name, int uid, int gid) {
        if (uid == -1 || gid == -1) {
            throw new IllegalArgumentException("-1 is no owner");
        }
        at(
                FileCalls.FCHOWNAT,
                entry(name),
                Integer.toUnsignedLong(uid),
                Integer.toUnsignedLong(gid),
                FileCalls.AT_SYMLINK_NOFOLLOW);
    }

    /** @throws ErrnoException ELOOP for a link, which has no permissions of its own */
    public void chmod(byte[] name, int permissions) {
        try (Descriptor pinned = Descriptor.pin(descriptor.number(), entry(name))) {
            if (FileStat.of(pinned).isSymlink()) {
                throw new ErrnoException(Errno.ELOOP, "chmod", name);
            }
            int mode = permissions & FileStat.PERMISSIONS;
            FileCalls.at(FileCalls.FCHMODAT, FileCalls.AT_FDCWD, pinned.magicLink(), mode);
        }
    }

    /** Sets the time of modification, and that of the last access to the same; nanoseconds since the epoch. */
    public void setTimes(byte[] name, long mtimeNanos) {
        try (Arena arena = Arena.ofConfined()) {
            long seconds = Math.floorDiv(mtimeNanos, NANOS);
            long nanos = Math.floorMod(mtimeNanos, NANOS);
            MemorySegment times = arena.allocateFrom(ValueLayout.JAVA_LONG, seconds, nanos, seconds, nanos);
            at(FileCalls.UTIMENSAT, entry(name), times.address(), FileCalls.AT_SYMLINK_NOFOLLOW);
        }
    }

    /** Names of the extended attributes, sorted by unsigned bytes. */
    public List<byte[]> listXattrs(byte[] name) {
        return Xattrs.list(pathOf(name));
    }

    /** None when there is no such attribute. */
    public Optional<byte[]> getXattr(byte[] name, byte[] attribute) {
        return Xattrs.get(pathOf(name), attribute);
    }

    public void setXattr(byte[] name, byte[] attribute, byte[] value) {
        Xattrs.set(pathOf(name), attribute, value);
    }

    public void removeXattr(byte[] name, byte[] attribute) {
        Xattrs.remove(pathOf(name), attribute);
    }

    /** @throws ErrnoException EISDIR for a directory */
    public void unlink(byte[] name) {
        at(FileCalls.UNLINKAT, requireName(name), 0);
    }

    /** @throws ErrnoException ENOTEMPTY when it has entries */
    public void removeDirectory(byte[] name) {
        at(FileCalls.UNLINKAT, requireName(name), FileCalls.AT_REMOVEDIR);
    }

    /** Removes an entry and, when it is a directory, all in it. Nobody else may be adding to it. */
    public void removeTree(byte[] name) {
        TreeRemoval.remove(this, requireName(name));
    }

    /** Replaces what has the new name, as rename does. */
    public void rename(byte[] name, Directory target, byte[] newName) {
        FileCalls.pair(FileCalls.RENAMEAT2, descriptor, requireName(name), target.descriptor, requireName(newName));
    }

    /** The names are on disk when this returns. */
    public void sync() {
        ErrnoException.check(Libc.call(FileCalls.FSYNC, descriptor.number()), FileCalls.FSYNC);
    }

    /** Everything that anybody wrote to this file system is on disk when this returns; that may take long. */
    public void syncFileSystem() {
        ErrnoException.check(Libc.call(FileCalls.SYNCFS, descriptor.number()), FileCalls.SYNCFS);
    }

    @Override
    public void close() {
        descriptor.close();
    }

    int number() {
        return descriptor.number();
    }

    private void makeNode(byte[] name, int mode) {
        at(FileCalls.MKNODAT, requireName(name), mode, 0);
    }

    private long at(SystemCall call, byte[] name, long... words) {
        return FileCalls.at(call, descriptor.number(), name, words);
    }

    private byte[] pathOf(byte[] name) {
        return PosixPath.join(descriptor.magicLink(), entry(name));
    }

    private static byte[] entry(byte[] name) {
        return Arrays.equals(name, DOT) ? name : requireName(name);
    }
}
