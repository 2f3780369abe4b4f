/**
 * Takes from the running container what it still has of a point: its map is compared with that of the present, captured
 * just before; the pages that both have at the same place are copied out of the processes; those written meanwhile are
 * left out. Promises nothing about what was copied: the digest of each space proves it. Stops nothing and writes to no
 * process.
 */
@NullMarked
package io.rewind.restore.reuse;

import org.jspecify.annotations.NullMarked;
