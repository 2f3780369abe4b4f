package io.rewind.encoder.content;

import io.rewind.encoder.map.BlockPlace;
import io.rewind.encoder.mirror.Mirror;
import io.rewind.encoder.mirror.Version;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.ChunkBody;
import io.rewind.schemas.content.Difference;
import io.rewind.schemas.content.PatchBody;
import io.rewind.schemas.id.ChunkId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A chunk of patches under construction, see {@link PatchBody} for the layout. For one thread. */
final class PatchBuilder {
    /** In place of a patch's number. */
    static final int NONE = -1;

    private static final int MAX_PATCHES = ChunkBody.MAX_BLOCKS;
    /** Differences of a chunk: incompressible and with all else, they still fit a record. */
    private static final int MAX_BYTES = 1 << 17;

    private static final int SMALLEST = 1 << 13;

    private final Map<ChunkId, Integer> wholes = new LinkedHashMap<>();
    private final Map<ChunkId, Integer> layers = new LinkedHashMap<>();
    private Patch[] patches = new Patch[0];
    private byte[] differences = new byte[0];
    /** What each block looks like, {@link Block#SIZE} bytes apart: for the mirror, which would have to make it anew. */
    private byte[] blocks = new byte[0];

    private int size;
    private int end;

    /** @param source among those of its kind */
    private record Patch(long block, Version before, Version.Ground ground, int source, int start) {
        boolean overWhole() {
            return ground == Version.Ground.BASE || before.layers() == 0;
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isFull() {
        return size == MAX_PATCHES || end > MAX_BYTES - Block.SIZE;
    }

    /** Bytes of differences so far. */
    int differenceBytes() {
        return end;
    }

    /**
     * Adds what turns {@code from}, the content that {@code ground} of {@code before} has, into the block at {@code
     * offset} of {@code to}; not when full.
     *
     * @param block its name in the mirror
     * @param limit bytes of the difference
     * @return its number, or {@link #NONE} when it would be longer
     */
    int add(long block, Version before, Version.Ground ground, byte[] from, byte[] to, int offset, int limit) {
        makeRoom();
        int length = Difference.write(from, 0, to, offset, before.length(), differences, end, limit);
        if (length < 0) {
            return NONE;
        }
        boolean whole = ground == Version.Ground.BASE || before.layers() == 0;
        Map<ChunkId, Integer> sources = whole ? wholes : layers;
        int source = sources.computeIfAbsent(before.place(ground).chunk(), _ -> sources.size());
        patches[size] = new Patch(block, before, ground, source, end);
        System.arraycopy(to, offset, blocks, size * Block.SIZE, before.length());
        end += length;
        return size++;
    }

    private void makeRoom() {
        if (differences.length - end < Block.SIZE) {
            differences = Arrays.copyOf(differences, Math.max(SMALLEST, 2 * differences.length));
        }
        if (patches.length == size) {
            patches = Arrays.copyOf(patches, Math.max(64, 2 * size));
            blocks = Arrays.copyOf(blocks, patches.length * Block.SIZE);
        }
    }

    /** Compresses what is here. Leaves it as it is. */
    SealedChunk seal(ChunkSealer sealer) {
        int sources = wholes.size() + layers.size();
        int rawSize = PatchBody.HEAD + sources * ChunkId.BYTES + size * PatchBody.COLUMNS + end;
        ByteBuffer out = ByteBuffer.allocate(rawSize).order(ByteOrder.LITTLE_ENDIAN);
        out.putShort((short) 0).putShort((short) wholes.size()).putShort((short) layers.size());
        wholes.keySet().forEach(id -> out.put(id.toBytes()));
        layers.keySet().forEach(id -> out.put(id.toBytes()));
        for (int i = 0; i < size; i++) {
            out.putShort((short) (patches[i].overWhole() ? patches[i].source : wholes.size() + patches[i].source));
        }
        for (int i = 0; i < size; i++) {
            out.putShort((short) patches[i].before.place(patches[i].ground).at());
        }
        for (int i = 0; i < size; i++) {
            out.putShort((short) (end(i) - patches[i].start));
        }
        out.put(differences, 0, end);
        ChunkId id = ChunkId.of(out.flip());
        return new SealedChunk(id, size, rawSize, sealer.compress(out.array(), 0, rawSize));
    }

    private int end(int i) {
        return i + 1 < size ? patches[i + 1].start : end;
    }

    /** Tells the mirror what was sent. */
    void mirror(Mirror mirror, ChunkId chunk) {
        for (int i = 0; i < size; i++) {
            Patch p = patches[i];
            mirror.advance(p.block, p.before, p.ground, new BlockPlace(chunk, i), blocks, i * Block.SIZE);
        }
    }

    void clear() {
        Arrays.fill(patches, 0, size, null);
        wholes.clear();
        layers.clear();
        size = 0;
        end = 0;
    }
}
