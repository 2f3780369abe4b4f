/**
 * Brings a point's chunks and pours each block to where it belongs, chunk by chunk, so that memory holds a few chunks at
 * a time; proves every stream by its digest (I7). Knows nothing of what the streams mean.
 */
@NullMarked
package io.rewind.restore.fetch;

import org.jspecify.annotations.NullMarked;
