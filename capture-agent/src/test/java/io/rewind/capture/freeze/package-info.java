/** Mount tables as kernels print them. */
@NullMarked
package io.rewind.capture.freeze;

import org.jspecify.annotations.NullMarked;
