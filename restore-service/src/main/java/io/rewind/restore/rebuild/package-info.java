/**
 * Turns a stored point into what a start needs: a folder of images and, beside the container's files, a tree of those of
 * the point; everything proved (I7) before anybody touches a container.
 */
@NullMarked
package io.rewind.restore.rebuild;

import org.jspecify.annotations.NullMarked;
