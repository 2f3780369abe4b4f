@NullMarked
package io.rewind.capture.trace;

import org.jspecify.annotations.NullMarked;
