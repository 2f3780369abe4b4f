/** The engine as the agent sees it: which containers run, how they are set up, and when that changes. */
@NullMarked
package io.rewind.capture.docker;

import org.jspecify.annotations.NullMarked;
