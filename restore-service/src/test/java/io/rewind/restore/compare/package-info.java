/** Tests of compare. */
@NullMarked
package io.rewind.restore.compare;

import org.jspecify.annotations.NullMarked;
