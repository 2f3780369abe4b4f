package io.rewind.restore.plan;

/**
 * How large a point may be (I10).
 *
 * @param streams entries of file trees, images and spaces together
 * @param placements stretches of blocks
 * @param bytes of content
 */
public record Limits(int streams, int placements, long bytes) {}
