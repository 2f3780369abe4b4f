/** Findings from facts as the kernel prints them, and from real processes. */
@NullMarked
package io.rewind.capture.preflight;

import org.jspecify.annotations.NullMarked;
