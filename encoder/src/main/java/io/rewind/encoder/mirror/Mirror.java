package io.rewind.encoder.mirror;

import io.rewind.encoder.map.BlockPlace;
import io.rewind.encoder.metrics.EncoderMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The base and the newest version of each block known: where they lie and what they look like. Only what was sent may be
 * put in; whatever was put in may be gone at the next call. For one thread.
 */
public final class Mirror implements AutoCloseable {
    /** In place of a slot. */
    public static final int NONE = MirrorIndex.NONE;

    /** After the disk failed so many blocks are not kept before it is tried again. */
    private static final int PAUSE = 1 << 14;

    private static final Logger log = LoggerFactory.getLogger(Mirror.class);

    private final Optional<MirrorFile> file;
    private final MirrorIndex index;
    private final long reachMillis;
    private final EncoderMetrics metrics;
    private @Nullable Version[] versions = new Version[0];
    private long[] used = new long[0];
    private int pause;

    private Mirror(Optional<MirrorFile> file, int slots, Duration reach, EncoderMetrics metrics) {
        this.file = file;
        this.index = new MirrorIndex(slots, metrics::mirrorEvicted);
        this.reachMillis = reach.toMillis();
        this.metrics = metrics;
    }

    /** Remembers nothing. */
    public static Mirror none(EncoderMetrics metrics) {
        return new Mirror(Optional.empty(), 1, Duration.ZERO, metrics);
    }

    /** An empty one; one that remembers nothing when the folder cannot be used, or has no room for one block. */
    public static Mirror open(MirrorSettings settings, EncoderMetrics metrics) {
        int slots = (int) Math.min(settings.bytes() / MirrorFile.SLOT, 1 << 26);
        if (slots == 0) {
            return none(metrics);
        }
        try {
            return new Mirror(Optional.of(MirrorFile.in(settings.folder(), slots)), slots, settings.reach(), metrics);
        } catch (IOException e) {
            log.warn("no patches: {} cannot be used", settings.folder(), e);
            return none(metrics);
        }
    }

    /**
     * The block's slot, or {@link #NONE}.
     *
     * @param length only a version of this length is of use
     * @param now milliseconds on the records' own clock
     */
    public int find(long block, int length, long now) {
        int slot = index.find(block);
        if (slot == NONE || version(slot).length() != length || now - used[slot] > reachMillis) {
            return NONE;
        }
        used[slot] = Math.max(used[slot], now);
        return slot;
    }

    /** Of a slot just found. */
    public Version version(int slot) {
        Version version = versions[slot];
        if (version == null) {
            throw new IllegalStateException("slot " + slot + " has never been filled");
        }
        return version;
    }

    /** Copies a version's content, as long as it is. False: it is gone. */
    public boolean read(int slot, Version.Ground ground, byte[] into) {
        Version version = version(slot);
        try {
            boolean patch = ground == Version.Ground.NEWEST && version.layers() > 0;
            file.orElseThrow().read(slot, patch, into, version.length());
            return true;
        } catch (IOException e) {
            fail(e);
            return false;
        }
    }

    /** A block that lies whole at this place is its own base from now on. */
    public void keep(long block, BlockPlace place, byte[] bytes, int offset, int length, long now) {
        if (file.isEmpty() || pause > 0) {
            pause = Math.max(0, pause - 1);
            return;
        }
        int slot = index.claim(block);
        if (slot >= versions.length) {
            versions = Arrays.copyOf(versions, index.capacity());
            used = Arrays.copyOf(used, index.capacity());
        }
        versions[slot] = Version.whole(place, length);
        used[slot] = now;
        try {
            file.get().write(slot, false, bytes, offset, length);
        } catch (IOException e) {
            fail(e);
        }
    }

    /**
     * A patch over {@code before} has been sent. Nothing happens unless that is still what is known of the block.
     *
     * @param bytes hold what the block has become, at {@code offset}
     */
    public void advance(long block, Version before, Version.Ground ground, BlockPlace place, byte[] bytes, int offset) {
        int slot = index.find(block);
        if (slot == NONE || !version(slot).equals(before)) {
            return;
        }
        versions[slot] = before.patched(ground, place);
        try {
            file.orElseThrow().write(slot, true, bytes, offset, before.length());
        } catch (IOException e) {
            fail(e);
        }
    }

    private void fail(IOException e) {
        log.warn("blocks are stored whole for a while: the mirror of their earlier versions failed", e);
        metrics.mirrorFailed();
        clear();
        pause = PAUSE;
    }

    /** Forgets everything, and gives the disk's room back. */
    public void clear() {
        index.clear();
        pause = 0;
        try {
            if (file.isPresent()) {
                file.get().clear();
            }
        } catch (IOException e) {
            log.warn("the mirror's room is not given back: {}", e.toString());
        }
    }

    @Override
    public void close() {
        index.clear();
        try {
            if (file.isPresent()) {
                file.get().close();
            }
        } catch (IOException e) {
            log.warn("the mirror cannot be closed: {}", e.toString());
        }
    }
}
