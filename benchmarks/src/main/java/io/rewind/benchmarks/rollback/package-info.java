/** One container from an accident to the way back, as a picture. */
@NullMarked
package io.rewind.benchmarks.rollback;

import org.jspecify.annotations.NullMarked;
