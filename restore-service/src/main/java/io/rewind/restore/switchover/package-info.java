/**
 * From the present container to the restored one, and back when that fails (I8): in place, by a replacement, or as a
 * clone. Every call may be repeated after a crash in the middle of it. Fetches nothing and captures nothing.
 */
@NullMarked
package io.rewind.restore.switchover;

import org.jspecify.annotations.NullMarked;
