/**
 * Rebuilds a folder of CRIU images that a restore accepts from a dump that was taken without memory: image files as they
 * were, page maps with every page present, pages files filled in the maps' order. Does not look into other images.
 */
@NullMarked
package io.rewind.restore.images;

import org.jspecify.annotations.NullMarked;
