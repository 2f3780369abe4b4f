/** Rebuilding a point from a store in memory, whole, damaged and hostile. */
@NullMarked
package io.rewind.restore.rebuild;

import org.jspecify.annotations.NullMarked;
