/** Every tracker against the same contract. */
@NullMarked
package io.rewind.capture.tracker;

import org.jspecify.annotations.NullMarked;
