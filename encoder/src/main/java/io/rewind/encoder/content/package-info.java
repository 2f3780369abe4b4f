/**
 * From blocks to places: hash, look up, collect what is new, seal it as a chunk.
 *
 * <p>The first outcome that fits wins: zero, known, stored. A block that resembles its earlier version is stored whole;
 * patches against bases belong between known and stored, in {@code BlockEncoder}. Does not promise to find every
 * repetition.
 */
@NullMarked
package io.rewind.encoder.content;

import org.jspecify.annotations.NullMarked;
