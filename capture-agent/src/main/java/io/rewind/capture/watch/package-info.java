/** Which containers are captured and how often: from labels, engine events and control messages. */
@NullMarked
package io.rewind.capture.watch;

import org.jspecify.annotations.NullMarked;
