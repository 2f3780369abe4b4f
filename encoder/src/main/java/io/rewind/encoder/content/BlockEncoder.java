package io.rewind.encoder.content;

import io.rewind.encoder.map.RunList;
import io.rewind.encoder.metrics.EncoderMetrics;
import io.rewind.schemas.content.Block;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Decides where each block goes and keeps the answer as runs. A block is known when it lies in the point's own chunk
 * under construction, or in a chunk already handed to {@code send}: nothing ever refers to what was not sent before.
 * For one thread.
 */
public final class BlockEncoder implements AutoCloseable {

    private final BlockHasher hasher = new BlockHasher();
    private final ChunkSealer sealer;
    private final DedupCaches caches;
    private final BiConsumer<String, SealedChunk> send;
    private final EncoderMetrics metrics;

    /** @param send takes a timeline and its chunk; whoever loses one must clear the caches */
    public BlockEncoder(int level, DedupCaches caches, BiConsumer<String, SealedChunk> send, EncoderMetrics metrics) {
        this.sealer = new ChunkSealer(level);
        this.caches = caches;
        this.send = send;
        this.metrics = metrics;
    }

    /**
     * Places content that begins with the block numbered {@code first}; only its last block may be short.
     *
     * @param content backed by an array; its position stays
     * @param now milliseconds on the records' own clock
     */
    public void place(PointContent point, RunList runs, long first, ByteBuffer content, long now) {
        byte[] bytes = content.array();
        int start = content.arrayOffset() + content.position();
        int end = start + content.remaining();
        long number = first;
        for (int at = start; at < end; at += Block.SIZE) {
            placeBlock(point, runs, number++, bytes, at, Math.min(Block.SIZE, end - at), now);
        }
        metrics.rawBytes(end - start);
    }

    private void placeBlock(
            PointContent point, RunList runs, long number, byte[] bytes, int offset, int length, long now) {
        if (Block.isZero(bytes, offset, length)) {
            metrics.zeroBlock();
            runs.add(number, 1, RunList.ZERO, 0);
            return;
        }
        BlockKey key = hasher.key(bytes, offset, length);
        Optional<Integer> here = point.building.find(key);
        if (here.isPresent()) {
            metrics.duplicateBlock();
            runs.add(number, 1, point.buildingIndex, here.get());
            return;
        }
        Optional<BlockPlace> known = caches.of(point.timeline()).find(key, now);
        if (known.isPresent()) {
            metrics.duplicateBlock();
            runs.add(
                    number,
                    1,
                    point.chunks().index(known.get().chunk()),
                    known.get().at());
            return;
        }
        metrics.storedBlock();
        if (point.building.isEmpty()) {
            point.buildingIndex = point.chunks().reserve();
        }
        runs.add(number, 1, point.buildingIndex, point.building.add(key, bytes, offset, length));
        if (point.building.isFull()) {
            finish(point, now);
        }
    }

    /** Sends the chunk under construction, if there is one. */
    public void finish(PointContent point, long now) {
        ChunkBuilder building = point.building;
        if (building.isEmpty()) {
            return;
        }
        SealedChunk chunk = building.seal(sealer);
        send.accept(point.timeline(), chunk);
        point.chunks().fill(point.buildingIndex, chunk.id());
        point.sent(chunk);
        DedupCache cache = caches.of(point.timeline());
        building.forEach((key, at) -> cache.put(key, new BlockPlace(chunk.id(), at), now));
        building.clear();
    }

    @Override
    public void close() {
        sealer.close();
    }
}
