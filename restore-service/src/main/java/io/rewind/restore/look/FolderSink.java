package io.rewind.restore.look;

import io.rewind.event.FileMeta;
import io.rewind.event.StreamChange;
import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.ErrnoException;
import io.rewind.runtime.posix.FileHandle;
import io.rewind.runtime.posix.PosixPath;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Writes entries below a folder. Every name is opened beneath it and no link is followed, whatever the point says (I9);
 * nothing that is there is written over; no devices, sockets, fifos or set-id bits are made. Owner is whoever runs this,
 * as with {@code docker cp}.
 */
public final class FolderSink implements StreamSink, AutoCloseable {
    private static final int PERMISSIONS = 0777;
    private static final int MAY_FILL = 0700;

    private final Directory root;
    private final Spot spot;
    private final byte[] top;
    private Optional<Open> open = Optional.empty();
    private long position;
    private long leftOut;

    /** A file being written. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Open(Directory parent, byte[] name, FileHandle file, FileMeta meta) {}

    /**
     * @param root where to write; stays the caller's
     * @param spot what is extracted
     * @param top its name in there; empty: what lies in it goes directly into the folder
     */
    public FolderSink(Directory root, Spot spot, byte[] top) {
        this.root = root;
        this.spot = spot;
        this.top = top.clone();
    }

    /** Entries that cannot or must not be made: marks of deleted files, fifos, sockets. */
    public long leftOut() {
        return leftOut;
    }

    @Override
    public void begin(StreamChange stream) {
        Entry entry = Entry.of(stream);
        byte[] path = spot.under(top, entry.path());
        if (path.length == 0) {
            return;
        }
        try (Directory parent = root.openParentOf(path)) {
            make(entry, path, parent);
        } catch (ErrnoException e) {
            throw failed(path, e);
        }
    }

    private void make(Entry entry, byte[] path, Directory parent) {
        byte[] name = PosixPath.name(path);
        switch (entry.meta().getType()) {
            case FILE -> {
                FileHandle file = parent.create(name, 0600);
                open = Optional.of(new Open(root.openParentOf(path), name, file, entry.meta()));
                position = 0;
            }
            case DIRECTORY -> parent.makeDirectory(name, (entry.meta().getMode() & PERMISSIONS) | MAY_FILL);
            case SYMLINK -> parent.makeSymlink(name, Entry.bytes(entry.meta().getTarget()));
            case FIFO, SOCKET, WHITEOUT, HARDLINK -> leftOut++;
        }
    }

    @Override
    public void content(byte[] bytes, int offset, int length) {
        open.ifPresent(to -> {
            to.file.write(MemorySegment.ofArray(bytes).asSlice(offset, length), position);
            position += length;
        });
    }

    @Override
    public void hole(long length) {
        position += length;
    }

    @Override
    public void end() {
        open.ifPresent(to -> {
            to.file.truncate(position);
            to.file.close();
            to.parent.chmod(to.name, to.meta.getMode() & PERMISSIONS);
            to.parent.setTimes(to.name, to.meta.getMtimeNanos());
            to.parent.close();
        });
        open = Optional.empty();
    }

    private static RuntimeException failed(byte[] path, ErrnoException e) {
        String shown = PosixPath.display(path);
        return e.isExisting()
                ? LookFault.TARGET_EXISTS.because(shown + " is there already; nothing is written over.", e)
                : LookFault.TARGET_FAILED.because(shown + " cannot be written: " + e.getMessage() + ".", e);
    }

    /** What was not finished goes. */
    @Override
    public void close() {
        open.ifPresent(half -> {
            half.file.close();
            half.parent.unlink(half.name);
            half.parent.close();
        });
        open = Optional.empty();
    }
}
