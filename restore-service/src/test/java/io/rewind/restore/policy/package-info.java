/** Tests of the package of this name. */
@NullMarked
package io.rewind.restore.policy;

import org.jspecify.annotations.NullMarked;
