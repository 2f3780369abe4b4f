/** Tests of the package of this name. */
@NullMarked
package io.rewind.restore.host;

import org.jspecify.annotations.NullMarked;
