package io.rewind.encoder.content;

import io.rewind.encoder.map.BlockPlace;
import io.rewind.encoder.map.RunList;
import io.rewind.encoder.metrics.EncoderMetrics;
import io.rewind.encoder.mirror.Mirror;
import io.rewind.encoder.mirror.StreamHash;
import io.rewind.encoder.mirror.Version;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockHasher;
import io.rewind.schemas.content.BlockKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Decides where each block goes and keeps the answer as runs. A block is known when it lies in the point's own chunk
 * under construction, or in a chunk already handed to {@code send}: nothing ever refers to what was not sent before. A
 * block whose earlier version is known is compared with that first, for what resembles it need be neither hashed nor
 * compressed as a whole.
 * For one thread.
 */
public final class BlockEncoder implements AutoCloseable {

    private final BlockHasher hasher = new BlockHasher();
    private final ChunkSealer sealer;
    private final DedupCaches caches;
    private final Mirror mirror;
    private final int layers;
    private final PatchRule rule = new PatchRule();
    private final byte[] scratch = new byte[Block.SIZE];
    private final BiConsumer<String, SealedChunk> send;
    private final EncoderMetrics metrics;

    /**
     * @param layers most patches between a block and its base
     * @param mirror owned from now on
     * @param send takes a timeline and its chunk; whoever loses one must clear caches and mirror
     */
    public BlockEncoder(
            int level,
            int layers,
            DedupCaches caches,
            Mirror mirror,
            BiConsumer<String, SealedChunk> send,
            EncoderMetrics metrics) {
        this.sealer = new ChunkSealer(level);
        this.layers = layers;
        this.caches = caches;
        this.mirror = mirror;
        this.send = send;
        this.metrics = metrics;
    }

    /**
     * Places content that begins with the block numbered {@code first}; only its last block may be short.
     *
     * @param stream a {@link StreamHash}
     * @param content backed by an array; its position stays
     * @param now milliseconds on the records' own clock
     */
    public void place(PointContent point, RunList runs, long stream, long first, ByteBuffer content, long now) {
        byte[] bytes = content.array();
        int start = content.arrayOffset() + content.position();
        int end = start + content.remaining();
        long number = first;
        for (int at = start; at < end; at += Block.SIZE) {
            placeBlock(point, runs, stream, number++, bytes, at, Math.min(Block.SIZE, end - at), now);
        }
        metrics.rawBytes(end - start);
    }

    private void placeBlock(
            PointContent point,
            RunList runs,
            long stream,
            long number,
            byte[] bytes,
            int offset,
            int length,
            long now) {
        if (Block.isZero(bytes, offset, length)) {
            metrics.zeroBlock();
            runs.add(number, 1, RunList.ZERO, 0);
            return;
        }
        long block = StreamHash.block(stream, number);
        int slot = mirror.find(block, length, now);
        if (slot == Mirror.NONE) {
            metrics.mirrorMiss();
        } else {
            metrics.mirrorHit();
            if (resembles(point, runs, number, block, slot, bytes, offset)) {
                return;
            }
        }
        BlockKey key = hasher.key(bytes, offset, length);
        Optional<Integer> here = point.building.find(key);
        if (here.isPresent()) {
            metrics.duplicateBlock();
            runs.add(number, 1, point.buildingIndex, here.get());
            point.building.addEqual(block, here.get());
            return;
        }
        Optional<BlockPlace> known = caches.of(point.timeline()).find(key, now);
        if (known.isPresent()) {
            metrics.duplicateBlock();
            refer(point, runs, number, known.get());
            mirror.keep(block, known.get(), bytes, offset, length, now);
            return;
        }
        metrics.storedBlock();
        if (point.building.isEmpty()) {
            point.buildingIndex = point.chunks().reserve();
        }
        runs.add(number, 1, point.buildingIndex, point.building.add(key, block, bytes, offset, length));
        if (point.building.isFull()) {
            finishBlocks(point, now);
        }
    }

    /** Places a block as its known version or as a patch over it, if that pays. */
    private boolean resembles(
            PointContent point, RunList runs, long number, long block, int slot, byte[] bytes, int offset) {
        Version version = mirror.version(slot);
        if (!mirror.read(slot, Version.Ground.NEWEST, scratch)) {
            return false;
        }
        if (Arrays.equals(scratch, 0, version.length(), bytes, offset, offset + version.length())) {
            metrics.duplicateBlock();
            refer(point, runs, number, version.newest());
            return true;
        }
        Version.Ground ground = version.layers() < layers ? Version.Ground.NEWEST : Version.Ground.BASE;
        if (ground == Version.Ground.BASE && !mirror.read(slot, ground, scratch)) {
            return false;
        }
        int at = point.patching.add(block, version, ground, scratch, bytes, offset, rule.limit(version.length()));
        if (at == PatchBuilder.NONE) {
            return false;
        }
        metrics.patchedBlock();
        if (at == 0) {
            point.patchingIndex = point.chunks().reserve();
        }
        runs.add(number, 1, point.patchingIndex, at);
        if (point.patching.isFull()) {
            finishPatches(point);
        }
        return true;
    }

    private static void refer(PointContent point, RunList runs, long number, BlockPlace place) {
        runs.add(number, 1, point.chunks().index(place.chunk()), place.at());
    }

    /** Sends the chunks under construction, if there are any. */
    public void finish(PointContent point, long now) {
        finishBlocks(point, now);
        finishPatches(point);
    }

    private void finishBlocks(PointContent point, long now) {
        ChunkBuilder building = point.building;
        if (building.isEmpty()) {
            return;
        }
        SealedChunk chunk = building.seal(sealer);
        send.accept(point.timeline(), chunk);
        rule.wholeSent(chunk);
        point.chunks().fill(point.buildingIndex, chunk.id());
        point.sent(chunk);
        DedupCache cache = caches.of(point.timeline());
        building.forEach((key, at) -> cache.put(key, new BlockPlace(chunk.id(), at), now));
        building.mirror(mirror, chunk.id(), now);
        building.clear();
    }

    private void finishPatches(PointContent point) {
        PatchBuilder patching = point.patching;
        if (patching.isEmpty()) {
            return;
        }
        SealedChunk chunk = patching.seal(sealer);
        send.accept(point.timeline(), chunk);
        rule.patchesSent(chunk);
        metrics.patchBytes(chunk.body().remaining());
        point.chunks().fill(point.patchingIndex, chunk.id());
        point.sent(chunk);
        patching.mirror(mirror, chunk.id());
        patching.clear();
    }

    @Override
    public void close() {
        sealer.close();
        mirror.close();
    }
}
