package io.rewind.schemas.content;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.id.ChunkId;
import java.util.BitSet;
import java.util.List;

/**
 * A chunk, opened: whole blocks, or patches over blocks of other chunks. Immutable by convention: nobody writes into the
 * bytes. The first two bytes tell the kinds apart: the length of a block is never 0.
 */
public sealed interface ChunkBody permits BlockBody, PatchBody {
    /** Most blocks or patches of a chunk, so that opening one costs a bounded amount of memory. */
    int MAX_BLOCKS = 1024;

    /** Blocks or patches in it. */
    int blocks();

    /** The id that a chunk with this content has. */
    ChunkId id();

    /** The whole opened body; not to be written to. */
    byte[] bytes();

    /** The chunks without which this one says nothing; none for whole blocks. */
    List<ChunkId> sources();

    /** Checks the layout. @throws Fault REJECTED CHUNK_DAMAGED */
    static ChunkBody of(byte[] bytes, int blocks) {
        if (blocks < 1 || blocks > MAX_BLOCKS || bytes.length < 2 * blocks) {
            throw damaged("it cannot hold " + blocks + " blocks");
        }
        boolean patches = bytes[0] == 0 && bytes[1] == 0;
        return patches ? PatchBody.of(bytes, blocks) : BlockBody.of(bytes, blocks);
    }

    /**
     * Decompresses a stored body and proves that it is what its id says.
     *
     * @throws Fault REJECTED CHUNK_DAMAGED
     */
    static ChunkBody open(ChunkId id, int blocks, int rawSize, byte[] sealed) {
        ChunkBody body = unproved(blocks, rawSize, sealed);
        if (!body.id().equals(id)) {
            throw damaged("chunk " + id + " does not hold what its id says");
        }
        return body;
    }

    /**
     * Decompresses a stored body; whether it is what its id says is left to who has a digest of what it stands for.
     *
     * @throws Fault REJECTED CHUNK_DAMAGED
     */
    static ChunkBody unproved(int blocks, int rawSize, byte[] sealed) {
        if (rawSize < 1 || rawSize > MAX_BLOCKS * (Block.SIZE + 2)) {
            throw damaged("an opened size of " + rawSize + " bytes is not possible");
        }
        byte[] bytes = new byte[rawSize];
        try {
            long opened = Zstd.decompress(bytes, sealed);
            if (opened != rawSize) {
                throw damaged("opened, it has " + opened + " bytes instead of " + rawSize);
            }
        } catch (ZstdException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
        return of(bytes, blocks);
    }

    /**
     * A chunk of which only some blocks came; see {@link BlockBody#pick}. Nothing is proved but its layout.
     *
     * @throws Fault REJECTED CHUNK_DAMAGED
     */
    static ChunkBody some(byte[] picked, BitSet only, int blocks) {
        if (blocks < 1 || blocks > MAX_BLOCKS || only.isEmpty() || picked.length < 2 * only.cardinality()) {
            throw damaged("it cannot hold some of " + blocks + " blocks");
        }
        return BlockBody.spread(picked, only, blocks);
    }

    /** @param why ends the sentence "damaged chunk: ..." */
    static Fault damaged(String why) {
        return new Fault(ContentFault.CHUNK_DAMAGED, Severity.REJECTED, "damaged chunk: " + why);
    }
}
