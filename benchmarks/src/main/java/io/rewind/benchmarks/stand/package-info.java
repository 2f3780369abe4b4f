/** Where a benchmark stands: a node of its own, the points as they become durable, the machine, what a process cost. */
@NullMarked
package io.rewind.benchmarks.stand;

import org.jspecify.annotations.NullMarked;
