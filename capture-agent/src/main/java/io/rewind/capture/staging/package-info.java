/** Where content read inside the freeze waits until it is published: bounded memory first, then a bounded file. */
@NullMarked
package io.rewind.capture.staging;

import org.jspecify.annotations.NullMarked;
