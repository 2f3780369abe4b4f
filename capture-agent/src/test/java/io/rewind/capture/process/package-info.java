@NullMarked
package io.rewind.capture.process;

import org.jspecify.annotations.NullMarked;
