package io.rewind.restore.rebuild;

import io.rewind.restore.fetch.LatePass;
import io.rewind.restore.images.ImageFolder;
import io.rewind.restore.pages.LatePages;
import io.rewind.runtime.process.PageRanges;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The memory of a point whose processes may run already. Thread-safe, but for the end. */
public final class LateRebuild implements LatePages, AutoCloseable {
    private final ImageFolder folder;
    private final LatePass memory;
    private final Runnable end;

    LateRebuild(ImageFolder folder, LatePass memory, Runnable end) {
        this.folder = folder;
        this.memory = memory;
        this.end = end;
    }

    @Override
    public void read(String space, long page, int count, ByteBuffer into) {
        memory.bring(space, new PageRanges.Builder().add(page, page + count).build());
        folder.read(space, page, count, into);
    }

    /** All of it is here and proved when this returns. @throws io.rewind.runtime.fault.Fault as of a rebuild */
    public void rest() {
        memory.rest();
        folder.requireComplete();
    }

    /** Nothing comes any more; whoever waits for something ends soon. */
    public void giveUp() {
        memory.giveUp();
    }

    /** Why not all of it will come. */
    public Optional<RuntimeException> failure() {
        return memory.failure();
    }

    /** When nobody is at work with it any more. */
    @Override
    public void close() {
        end.run();
    }
}
