package io.rewind.encoder.content;

import io.rewind.schemas.content.Block;

/**
 * How long a difference may be before its block is better stored whole. Both are compressed with others of their kind, so
 * they are compared by what recent chunks of each kind shrank to. A patch has to be clearly cheaper: it only serves until
 * the block changes again, a new base serves every patch after it. For one thread.
 */
final class PatchRule {
    private static final int SHORTEST = 64;
    private static final int LONGEST = Block.SIZE / 2;
    /** Of a block's cost a patch may have this much. */
    private static final double MARGIN = 0.75;

    private static final double WEIGHT = 1.0 / 16;

    private double wholeShare = 0.5;
    private double patchShare = 0.5;

    /** Bytes of a difference, for a block of {@code length} bytes. */
    int limit(int length) {
        return (int) Math.clamp(MARGIN * length * wholeShare / patchShare, Math.min(SHORTEST, length), LONGEST);
    }

    void wholeSent(SealedChunk chunk) {
        wholeShare += WEIGHT * (share(chunk) - wholeShare);
    }

    void patchesSent(SealedChunk chunk) {
        patchShare += WEIGHT * (share(chunk) - patchShare);
    }

    private static double share(SealedChunk chunk) {
        return Math.clamp((double) chunk.body().remaining() / chunk.rawSize(), 0.02, 1);
    }
}
