/**
 * How cost grows: one thing is made larger step by step, the rest stays. What fails at a size is shown with its reason;
 * nothing is carried over from one size to the next.
 */
@NullMarked
package io.rewind.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
