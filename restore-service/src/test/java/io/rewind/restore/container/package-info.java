/** Bodies of create calls from descriptions of engines old and new. */
@NullMarked
package io.rewind.restore.container;

import org.jspecify.annotations.NullMarked;
