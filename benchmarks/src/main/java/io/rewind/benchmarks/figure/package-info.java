/** What was measured, as spreads, sheets and pictures. Knows nothing of containers; computes, never invents. */
@NullMarked
package io.rewind.benchmarks.figure;

import org.jspecify.annotations.NullMarked;
