package io.rewind.store.collect;

/**
 * What a sweep did.
 *
 * @param chunks that went
 * @param nodes pieces of maps that went
 * @param bytes of both, as they were counted when they came
 * @param bodies bytes of the bodies that stayed
 * @param live bytes of all that stayed, as they were counted when they came
 */
public record Swept(long chunks, long nodes, long bytes, long bodies, long live) {}
