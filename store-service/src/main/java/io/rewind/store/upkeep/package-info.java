/**
 * Keeps a partition in order while it is in use: a thread of its own finds what is to be done, and the thread that takes
 * records writes it, between two of them.
 *
 * <ol>
 *   <li>points that the policy does not keep, or for which there is no room, expire;
 *   <li>what nobody refers to any more is collected, after a grace;
 *   <li>the space is given back to the file system.
 * </ol>
 */
@NullMarked
package io.rewind.store.upkeep;

import org.jspecify.annotations.NullMarked;
