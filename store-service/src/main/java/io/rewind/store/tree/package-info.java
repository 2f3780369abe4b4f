/** A sorted map of bytes in immutable, content-addressed nodes: two maps share every stretch in which they are equal, however each came about. Does not collect nodes that nobody refers to any more. */
@NullMarked
package io.rewind.store.tree;

import org.jspecify.annotations.NullMarked;
