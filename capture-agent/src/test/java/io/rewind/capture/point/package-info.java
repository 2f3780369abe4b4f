/** A real container, a real CRIU: what is captured is what was there. */
@NullMarked
package io.rewind.capture.point;

import org.jspecify.annotations.NullMarked;
