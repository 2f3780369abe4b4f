/** When memory may come after the start, and how its coming is followed. */
@NullMarked
package io.rewind.restore.late;

import org.jspecify.annotations.NullMarked;
