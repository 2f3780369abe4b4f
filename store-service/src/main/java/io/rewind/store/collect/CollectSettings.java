package io.rewind.store.collect;

import java.time.Duration;

/**
 * How garbage is collected.
 *
 * @param grace how long an expired point's content and a chunk that nothing refers to stay. What the encoder refers to
 *     is never older (its {@code cache.reach}), and who reads a point has so much time to finish
 * @param rate bytes a second that marking and sweeping read
 * @param memory bytes of marks: one for each chunk and map piece of a partition finds nearly all garbage
 */
public record CollectSettings(Duration grace, long rate, long memory) {}
