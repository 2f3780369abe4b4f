/**
 * Turns raw captures into chunk records without the repetition.
 *
 * <ol>
 *   <li>{@code point}: one handler for each partition follows the points under way and proves each complete;
 *   <li>{@code content}: places each block: zero, known, a patch, or stored in a chunk;
 *   <li>{@code mirror}: what blocks looked like when they were last stored;
 *   <li>{@code map}: keeps where each stream's blocks lie, and cuts that into records.
 * </ol>
 *
 * Owns nothing: every cache may be lost at any time, which costs bytes and never correctness (I4). Does not promise
 * that a chunk is sent only once, nor that a point it rejects will ever come again.
 */
@NullMarked
package io.rewind.encoder;

import org.jspecify.annotations.NullMarked;
