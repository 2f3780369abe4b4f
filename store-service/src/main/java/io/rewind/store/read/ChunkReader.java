package io.rewind.store.read;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.rewind.read.Chunk;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockBody;
import io.rewind.schemas.content.ChunkOpener;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.store.chunk.ChunkBodies;
import io.rewind.store.chunk.ChunkEntry;
import io.rewind.store.database.SnapshotView;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.verify.Whereabouts;
import java.util.BitSet;

/**
 * Reads chunks for one call of the read API: as they are stored, or, where that is less, some blocks of them. Those are not
 * proved by the chunk's id, which would take as long as all else: it is made of all of its blocks. That the disk gave back what
 * was written is proved by the database's checksums, that a stream is what was captured by its digest.
 */
final class ChunkReader implements AutoCloseable {
    private final ChunkBodies bodies;
    private final ChunkOpener opener = new ChunkOpener();

    ChunkReader(ChunkBodies bodies) {
        this.bodies = bodies;
    }

    /**
     * @param only as in a query
     * @throws Fault CHUNK_MISSING; STORE_DAMAGED, which says where it is in the timeline
     */
    Chunk read(ChunkId id, ByteString only, TimelineId timeline, SnapshotView view) {
        try {
            return read(id, only, view);
        } catch (Fault fault) {
            if (fault.code() != StoreFault.STORE_DAMAGED) {
                throw fault;
            }
            throw StoreFault.STORE_DAMAGED.rejected(fault.sentence()
                    + Whereabouts.of(id, timeline, view)
                            .map(where -> "; it holds " + where)
                            .orElse(""));
        }
    }

    private Chunk read(ChunkId id, ByteString only, SnapshotView view) {
        ChunkEntry entry = ChunkEntry.require(id, view);
        byte[] body = bodies.get(id, view)
                .orElseThrow(() -> StoreFault.STORE_DAMAGED.rejected("the body of chunk " + id + " is lost"));
        Chunk.Builder chunk = Chunk.newBuilder().setId(wrap(id.toBytes())).setBlocks(entry.blocks());
        BitSet wanted = BitSet.valueOf(only.asReadOnlyByteBuffer());
        if (!wanted.isEmpty()
                && wanted.cardinality() * Block.SIZE < body.length
                && opener.unproved(entry.blocks(), entry.rawSize(), body) instanceof BlockBody blocks) {
            return chunk.setOnly(only).setBody(wrap(blocks.pick(wanted))).build();
        }
        return chunk.setRawSize(entry.rawSize()).setBody(wrap(body)).build();
    }

    private static ByteString wrap(byte[] bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    @Override
    public void close() {
        opener.close();
    }
}
