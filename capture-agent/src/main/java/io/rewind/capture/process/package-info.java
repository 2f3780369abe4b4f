/** Who traces a process, and whether its memory is still on its way. Promises nothing about a moment later, unless it is frozen. */
@NullMarked
package io.rewind.capture.process;

import org.jspecify.annotations.NullMarked;
