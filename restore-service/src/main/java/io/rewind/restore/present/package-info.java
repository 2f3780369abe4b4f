/** Has the present captured before it is given up, so that a rollback can be undone (I8). Captures nothing itself. */
@NullMarked
package io.rewind.restore.present;

import org.jspecify.annotations.NullMarked;
