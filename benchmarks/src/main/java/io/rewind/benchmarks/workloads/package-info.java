/** What services notice of being captured, what a point of them costs, and how soon they are back. */
@NullMarked
package io.rewind.benchmarks.workloads;

import org.jspecify.annotations.NullMarked;
