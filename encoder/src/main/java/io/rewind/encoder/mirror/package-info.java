/**
 * What blocks looked like when they were last stored, so that their next version can be stored as a patch.
 *
 * <ol>
 *   <li>{@code MirrorIndex}: which block has which slot, bounded;
 *   <li>{@code MirrorFile}: the content of each slot, on disk;
 *   <li>{@code Mirror}: both together, with where the content lies in chunks.
 * </ol>
 *
 * Knows only chunks that were already sent. May forget anything at any time, and forgets all when its disk fails.
 */
@NullMarked
package io.rewind.encoder.mirror;

import org.jspecify.annotations.NullMarked;
