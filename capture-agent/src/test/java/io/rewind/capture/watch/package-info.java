/** What is captured, how often, and which start it was. */
@NullMarked
package io.rewind.capture.watch;

import org.jspecify.annotations.NullMarked;
