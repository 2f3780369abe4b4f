/**
 * Memory that comes after the start: whether that works on this host and is worth it for a folder of images, and how far
 * it has come. CRIU's lazy-pages daemon, started by the OCI runtime, brings the pages from the images: the missed ones at
 * once, the others meanwhile. Starts no container.
 */
@NullMarked
package io.rewind.restore.late;

import org.jspecify.annotations.NullMarked;
