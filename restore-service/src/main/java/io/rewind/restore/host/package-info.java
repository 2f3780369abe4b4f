/** Whether processes that were captured on one host can be expected to run on another. Tries nothing. */
@NullMarked
package io.rewind.restore.host;

import org.jspecify.annotations.NullMarked;
