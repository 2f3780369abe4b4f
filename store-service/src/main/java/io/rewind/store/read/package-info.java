/** The way out: the read API over snapshots, with flow control. */
@NullMarked
package io.rewind.store.read;

import org.jspecify.annotations.NullMarked;
