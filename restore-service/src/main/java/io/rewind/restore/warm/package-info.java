/** A restore without a container, before anybody waits for one. */
@NullMarked
package io.rewind.restore.warm;

import org.jspecify.annotations.NullMarked;
