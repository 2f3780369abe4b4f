/**
 * Encryption at rest, optional for each store.
 *
 * <ol>
 *   <li>{@code KeySource}: where the store's keys come from; {@code KeyRing}: the keys, the newest first;
 *   <li>{@code StoreLock}: whether they fit this store, before anything else is touched;
 *   <li>{@code EncryptedDatabase}: a database of which the disk sees values and content digests only encrypted.
 * </ol>
 *
 * Does not hide how much there is, when it came, and the ids of timelines and points. Does not notice a whole database
 * put back to how it was before.
 */
@NullMarked
package io.rewind.store.encryption;

import org.jspecify.annotations.NullMarked;
