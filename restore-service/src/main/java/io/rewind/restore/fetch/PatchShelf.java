package io.rewind.restore.fetch;

import io.rewind.restore.code.RestoreCode;
import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.content.PatchBody;
import io.rewind.schemas.id.ChunkId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Chunks of patches, opened: the first ones in memory, where they are found without a lock, the others in a file that goes
 * with the process and those of them that were wanted last in memory as well. Thread-safe.
 */
final class PatchShelf implements AutoCloseable {
    /** Blocks are made in another order than their patches lie in: of those in the file, nearly each is read anew. */
    private static final long FIRST = Math.max(48L << 20, Runtime.getRuntime().maxMemory() / 8);

    private static final long RECENT = FIRST / 4;

    private final Path folder;
    private final Map<ChunkId, PatchBody> first = new ConcurrentHashMap<>();
    private final Map<ChunkId, Shelved> places = new HashMap<>();
    private final LinkedHashMap<ChunkId, PatchBody> recent = new LinkedHashMap<>(16, 0.75f, true);
    private Optional<FileChannel> file = Optional.empty();
    private long end;
    private long inFirst;
    private long inRecent;

    private record Shelved(long position, int length, int patches) {}

    PatchShelf(Path folder) {
        this.folder = folder;
    }

    synchronized void add(ChunkId id, PatchBody body) {
        if (inFirst + body.bytes().length <= FIRST) {
            inFirst += body.bytes().length;
            first.put(id, body);
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(body.bytes());
        places.put(id, new Shelved(end, bytes.remaining(), body.blocks()));
        try {
            FileChannel to = opened();
            while (bytes.hasRemaining()) {
                end += to.write(bytes, end);
            }
        } catch (IOException e) {
            throw failed(e);
        }
        remember(id, body);
    }

    private FileChannel opened() throws IOException {
        if (file.isEmpty()) {
            file = Optional.of(FileChannel.open(
                    Files.createTempFile(folder, "patches-", ""),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE));
        }
        return file.get();
    }

    /** One that was added; POINT_DAMAGED for any other. */
    PatchBody get(ChunkId id) {
        PatchBody known = first.get(id);
        return known != null ? known : other(id);
    }

    private synchronized PatchBody other(ChunkId id) {
        PatchBody known = recent.get(id);
        if (known != null) {
            return known;
        }
        Shelved place = places.get(id);
        if (place == null) {
            throw RestoreCode.POINT_DAMAGED.because("The point lacks patches.");
        }
        PatchBody body = (PatchBody) ChunkBody.of(read(place), place.patches);
        remember(id, body);
        return body;
    }

    private byte[] read(Shelved place) {
        ByteBuffer bytes = ByteBuffer.allocate(place.length);
        try {
            FileChannel from = opened();
            while (bytes.hasRemaining()) {
                if (from.read(bytes, place.position + bytes.position()) < 0) {
                    throw new IOException("the file of patches ends too early");
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
        return bytes.array();
    }

    private void remember(ChunkId id, PatchBody body) {
        recent.put(id, body);
        inRecent += body.bytes().length;
        while (inRecent > RECENT && recent.size() > 1) {
            inRecent -= recent.pollFirstEntry().getValue().bytes().length;
        }
    }

    private static RuntimeException failed(IOException e) {
        return RestoreCode.DISK_FAILED.because("Patches cannot be put aside here: " + e.getMessage() + ".", e);
    }

    @Override
    public synchronized void close() {
        try {
            if (file.isPresent()) {
                file.get().close();
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
