/** What /proc says of one process: identity, state, mappings. Promises nothing about a moment later, unless it is frozen. */
@NullMarked
package io.rewind.capture.process;

import org.jspecify.annotations.NullMarked;
