/**
 * How fast one core hashes, patches, seals, opens and encodes, and how fast a store takes and gives: JMH, without a
 * container. What is measured side by side is the same bytes, {@code Material}.
 */
@NullMarked
package io.rewind.benchmarks.speed;

import org.jspecify.annotations.NullMarked;
