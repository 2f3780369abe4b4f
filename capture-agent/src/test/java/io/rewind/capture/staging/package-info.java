/** Room for what was read. */
@NullMarked
package io.rewind.capture.staging;

import org.jspecify.annotations.NullMarked;
