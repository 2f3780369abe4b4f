/** Timelines and their points: the entry of each decided point, committed or rejected, and the line that sums a timeline up. */
@NullMarked
package io.rewind.store.timeline;

import org.jspecify.annotations.NullMarked;
