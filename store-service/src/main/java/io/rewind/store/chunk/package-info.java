/** Chunk bodies behind a port, and the index that says which exist. A chunk exists once its index entry does; its body is durable no later than that. */
@NullMarked
package io.rewind.store.chunk;

import org.jspecify.annotations.NullMarked;
