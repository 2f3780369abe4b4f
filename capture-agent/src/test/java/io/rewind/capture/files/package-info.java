/** Trees against a model that is told deltas only, and a reading of its own. */
@NullMarked
package io.rewind.capture.files;

import org.jspecify.annotations.NullMarked;
