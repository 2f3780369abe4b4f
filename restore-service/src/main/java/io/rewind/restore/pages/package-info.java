/**
 * Serves pages to CRIU's lazy-pages daemon of one container, over CRIU's own protocol, and to nobody else. Does not know where
 * they come from.
 */
@NullMarked
package io.rewind.restore.pages;

import org.jspecify.annotations.NullMarked;
