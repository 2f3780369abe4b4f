/** The way in: chunks, then map parts, then the point, each record one atomic batch with its offset; then sync, then announcement. What a crash leaves is a prefix of this. */
@NullMarked
package io.rewind.store.ingest;

import org.jspecify.annotations.NullMarked;
