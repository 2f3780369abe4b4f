package io.rewind.schemas.content;

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

    /** As {@link ChunkOpener#open}, for one chunk. @throws Fault REJECTED CHUNK_DAMAGED */
    static ChunkBody open(ChunkId id, int blocks, int rawSize, byte[] sealed) {
        try (ChunkOpener opener = new ChunkOpener()) {
            return opener.open(id, blocks, rawSize, sealed);
        }
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
