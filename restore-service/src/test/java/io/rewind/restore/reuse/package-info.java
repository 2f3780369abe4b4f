/** Memory taken from a process that runs and writes. */
@NullMarked
package io.rewind.restore.reuse;

import org.jspecify.annotations.NullMarked;
