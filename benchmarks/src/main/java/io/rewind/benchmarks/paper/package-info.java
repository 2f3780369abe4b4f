/** The experiment of the paper: how snapshots of one container add up. */
@NullMarked
package io.rewind.benchmarks.paper;

import org.jspecify.annotations.NullMarked;
