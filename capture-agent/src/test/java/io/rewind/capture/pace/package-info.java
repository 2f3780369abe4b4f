/** When captures are due, by clocks and figures of the tests' own. */
@NullMarked
package io.rewind.capture.pace;

import org.jspecify.annotations.NullMarked;
