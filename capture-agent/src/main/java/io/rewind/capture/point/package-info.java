/** One capture from look-ahead to release, and what the next one is compared with. Publishes nothing. */
@NullMarked
package io.rewind.capture.point;

import org.jspecify.annotations.NullMarked;
