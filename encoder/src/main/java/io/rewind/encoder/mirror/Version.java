package io.rewind.encoder.mirror;

import io.rewind.encoder.map.BlockPlace;

/**
 * Where a block's newest version lies.
 *
 * @param base a whole block; never a patch
 * @param newest the base itself, or the topmost of the patches over it
 * @param layers patches between the two: 0 for the base itself
 * @param length of the block, in bytes; the same for all its layers
 */
public record Version(BlockPlace base, BlockPlace newest, int layers, int length) {
    /** A block stored whole. */
    public static Version whole(BlockPlace place, int length) {
        return new Version(place, place, 0, length);
    }

    /** What a patch over this is. */
    public Version patched(Ground ground, BlockPlace place) {
        return new Version(base, place, ground == Ground.BASE ? 1 : layers + 1, length);
    }

    /** Where what the patch is over lies. */
    public BlockPlace place(Ground ground) {
        return ground == Ground.BASE ? base : newest;
    }

    /** What a patch is over. */
    public enum Ground {
        BASE,
        NEWEST
    }
}
