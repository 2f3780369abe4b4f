/** Tests of the package of this name. */
@NullMarked
package io.rewind.schemas.host;

import org.jspecify.annotations.NullMarked;
