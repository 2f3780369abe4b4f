/**
 * Whether a point costs what changed, and no more for being the first, the last or one of few that stayed: what its map
 * takes beside its content, and how long it takes to bring it back.
 */
@NullMarked
package io.rewind.benchmarks.timeline;

import org.jspecify.annotations.NullMarked;
