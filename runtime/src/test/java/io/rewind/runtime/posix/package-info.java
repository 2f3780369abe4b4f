/** Tests of the file layer against the file system of this machine; what needs root is skipped without it. */
@NullMarked
package io.rewind.runtime.posix;

import org.jspecify.annotations.NullMarked;
