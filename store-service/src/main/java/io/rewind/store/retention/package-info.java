/** Which points stay: by a policy of time for each timeline, and by total size, fairly between timelines. Decides only; {@code upkeep} acts on it. */
@NullMarked
package io.rewind.store.retention;

import org.jspecify.annotations.NullMarked;
