/**
 * Where a point's blocks lie: runs collected stream by stream, then cut into parts that fit a record. Does not look at
 * content, and does not promise that a stream is in one part.
 */
@NullMarked
package io.rewind.encoder.map;

import org.jspecify.annotations.NullMarked;
