package io.rewind.schemas.content;

import static io.rewind.schemas.content.ChunkBody.damaged;

import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.ChunkId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A chunk of patches. Each turns a block of another chunk into the block that it stands for; what it lies over is a whole
 * block (its base) or another patch, at most {@value #MAX_LAYERS} of them above one base.
 *
 * <pre>
 *   u16le  0                        no block has this length: patches follow
 *   u16le  w                        sources that hold whole blocks
 *   u16le  p                        sources that hold patches
 *   bytes  ids of the w, then of the p sources, 16 each
 *   u16le  source of patch 0        place in that list
 *   ...    (n times)
 *   u16le  number of what patch 0 lies over, in its source
 *   ...    (n times)
 *   u16le  length of difference 0   0 to 4096
 *   ...    (n times)
 *   bytes  difference 0             see {@link Difference}
 *   ...    one after another
 * </pre>
 */
public final class PatchBody implements ChunkBody {
    /** Most patches between a block and its base, so that making a block takes a bounded amount of work. */
    public static final int MAX_LAYERS = 64;

    /** Bytes before the sources. */
    public static final int HEAD = 6;
    /** Bytes of the columns, for each patch. */
    public static final int COLUMNS = 6;

    private final byte[] bytes;
    private final ByteBuffer in;
    private final List<ChunkId> sources;
    private final int whole;
    private final int columns;
    private final int[] starts;

    private PatchBody(byte[] bytes, ByteBuffer in, List<ChunkId> sources, int whole, int columns, int[] starts) {
        this.bytes = bytes;
        this.in = in;
        this.sources = List.copyOf(sources);
        this.whole = whole;
        this.columns = columns;
        this.starts = starts;
    }

    /** @throws Fault REJECTED CHUNK_DAMAGED */
    static PatchBody of(byte[] bytes, int patches) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int whole = bytes.length < HEAD ? 0 : Short.toUnsignedInt(in.getShort(2));
        int count = bytes.length < HEAD ? 0 : whole + Short.toUnsignedInt(in.getShort(4));
        long columns = HEAD + (long) count * ChunkId.BYTES;
        long differences = columns + (long) COLUMNS * patches;
        if (count < 1 || count > patches || differences > bytes.length) {
            throw damaged("it cannot hold " + patches + " patches from " + count + " sources");
        }
        List<ChunkId> sources = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sources.add(ChunkId.read(ByteBuffer.wrap(bytes, HEAD + i * ChunkId.BYTES, ChunkId.BYTES)));
        }
        int[] starts = new int[patches + 1];
        starts[0] = (int) differences;
        PatchBody body = new PatchBody(bytes, in, sources, whole, (int) columns, starts);
        for (int i = 0; i < patches; i++) {
            int length = body.column(2, i);
            if (body.source(i) >= count || body.number(i) >= MAX_BLOCKS || length > Block.SIZE) {
                throw damaged("patch " + i + " would lie over block " + body.number(i) + " of source " + body.source(i)
                        + " with " + length + " bytes");
            }
            starts[i + 1] = starts[i] + length;
        }
        if (starts[patches] != bytes.length) {
            throw damaged("its patches end at " + starts[patches] + " of " + bytes.length + " bytes");
        }
        return body;
    }

    private int column(int column, int patch) {
        return Short.toUnsignedInt(in.getShort(columns + 2 * (column * blocks() + patch)));
    }

    @Override
    public int blocks() {
        return starts.length - 1;
    }

    @Override
    public ChunkId id() {
        return ChunkId.of(ByteBuffer.wrap(bytes));
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public List<ChunkId> sources() {
        return sources;
    }

    /** Whether the source at this place of the list holds patches. */
    public boolean holdsPatches(int source) {
        return source >= whole;
    }

    /** The source of a patch, as its place in the list. */
    public int source(int patch) {
        return column(0, patch);
    }

    /** The number, in its source, of what a patch lies over. */
    public int number(int patch) {
        return column(1, patch);
    }

    /**
     * Turns what the patch lies over, {@code length} bytes at {@code offset}, into the block it stands for.
     *
     * @throws Fault REJECTED CHUNK_DAMAGED; the block is then neither
     */
    public void apply(int patch, byte[] block, int offset, int length) {
        Difference.apply(bytes, starts[patch], starts[patch + 1], block, offset, length);
    }
}
