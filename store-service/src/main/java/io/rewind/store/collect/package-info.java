/**
 * Garbage collection by mark and sweep, beside reading and writing.
 *
 * <ol>
 *   <li>{@code Collector} begins a cycle between two records: from then on what a record relies on is marked, too;
 *   <li>{@code Cycle} marks, on a thread of its own and in a snapshot, all that points and late arrivals refer to;
 *   <li>and sweeps the rest in small batches, each written by the thread that takes records.
 * </ol>
 *
 * Does not promise to find all garbage: marks are a Bloom filter, and what it keeps by mistake goes another time.
 */
@NullMarked
package io.rewind.store.collect;

import org.jspecify.annotations.NullMarked;
