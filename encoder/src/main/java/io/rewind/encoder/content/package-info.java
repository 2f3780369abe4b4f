/**
 * From blocks to places: hash, look up, collect what is new, seal it as a chunk.
 *
 * <p>The first outcome that fits wins: zero, the mirrored version itself, a patch over it, known, stored. Does not promise
 * to find every repetition.
 */
@NullMarked
package io.rewind.encoder.content;

import org.jspecify.annotations.NullMarked;
