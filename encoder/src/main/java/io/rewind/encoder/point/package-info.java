/**
 * From capture records to points: follow each point under way, prove order, count and checksum at its seal, then send
 * chunks, parts and, once those are safe, the point (I3). What is broken is said as a gap and asked for again (I6);
 * the partition goes on (I11). Does not promise that a finished point is sent once: the store is idempotent (I4).
 */
@NullMarked
package io.rewind.encoder.point;

import org.jspecify.annotations.NullMarked;
