/** The way out: the read API over snapshots, with flow control, and beside it what keeps the store in order. */
@NullMarked
package io.rewind.store.read;

import org.jspecify.annotations.NullMarked;
