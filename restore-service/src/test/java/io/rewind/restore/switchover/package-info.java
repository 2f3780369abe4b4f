/** Exchanging files, and undoing that, without an engine. */
@NullMarked
package io.rewind.restore.switchover;

import org.jspecify.annotations.NullMarked;
