/** Loops and watcher, with an engine and a freezer made by hand. */
@NullMarked
package io.rewind.capture;

import org.jspecify.annotations.NullMarked;
