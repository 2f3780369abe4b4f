/** The engine's words. */
@NullMarked
package io.rewind.capture.docker;

import org.jspecify.annotations.NullMarked;
