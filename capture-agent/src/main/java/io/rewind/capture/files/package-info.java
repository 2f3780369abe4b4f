/**
 * What changed in a directory tree: walked and pre-read while the container runs, looked at again inside the window,
 * so that only what changed in between is read while it stands still. Paths are relative, bytes as ISO-8859-1 text:
 * one character a byte, so that any name works and text order is byte order.
 */
@NullMarked
package io.rewind.capture.files;

import org.jspecify.annotations.NullMarked;
