/**
 * What a point consists of and where each block of it comes from: reads the store's description of the point and
 * refuses, before anything is written, whatever could land outside of its target (I9) or is larger than allowed (I10).
 * Does not prove contents; fetching does.
 */
@NullMarked
package io.rewind.restore.plan;

import org.jspecify.annotations.NullMarked;
