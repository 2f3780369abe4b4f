/** Where the time of a restore goes. Decides nothing. */
@NullMarked
package io.rewind.restore.time;

import org.jspecify.annotations.NullMarked;
