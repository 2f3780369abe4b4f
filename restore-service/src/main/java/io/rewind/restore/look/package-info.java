/**
 * Reads points without running them: finds a {@link Moment}'s point, lists the files of its trees, pours out their
 * content in order, brings single process images. All of it streams in bounded memory. What comes from the store is
 * checked before it is handed on; paths are checked where they are used. Promises nothing about files of the container's
 * image: a point only has those that changed since.
 */
@NullMarked
package io.rewind.restore.look;

import org.jspecify.annotations.NullMarked;
