/**
 * When a container's next capture is due: not while nothing in it runs, and less often where captures weigh on it.
 * Decides by what it is told; what time is, others say.
 */
@NullMarked
package io.rewind.capture.pace;

import org.jspecify.annotations.NullMarked;
