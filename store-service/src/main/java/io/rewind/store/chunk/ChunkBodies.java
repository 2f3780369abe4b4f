package io.rewind.store.chunk;

import io.rewind.schemas.id.ChunkId;
import io.rewind.store.database.Commit;
import io.rewind.store.database.View;
import java.util.Optional;

/**
 * Where the sealed bodies of chunks are.
 *
 * <p>A body is durable no later than the batch that it is put with: an implementation either joins the batch or has
 * made the body durable before it returns. So whatever refers to a body only from that batch on never refers to
 * nothing (I3). All or nothing; repeating an identical put or delete changes nothing. A body put with a batch that is
 * never written may stay behind, unreferenced.
 */
public interface ChunkBodies {
    /** @throws io.rewind.runtime.fault.Fault RETRYABLE: nothing has been put */
    void put(ChunkId id, byte[] sealed, Commit batch);

    /**
     * A body as it was put.
     *
     * @param view the moment to read at; a body that was there then is found while the view is open
     * @throws io.rewind.runtime.fault.Fault STORE_DAMAGED
     */
    Optional<byte[]> get(ChunkId id, View view);

    boolean contains(ChunkId id, View view);

    /** Gone once the batch is written, at the latest some time after; open views may still see it. */
    void delete(ChunkId id, Commit batch);
}
