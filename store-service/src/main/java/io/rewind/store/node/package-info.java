/** Pieces of content named by their hash: never changed, only shared. Knows nothing of what they mean. */
@NullMarked
package io.rewind.store.node;

import org.jspecify.annotations.NullMarked;
