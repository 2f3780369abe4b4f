/** Proving what is stored: everything is read, every checksum is compared, and damage is told to the points and places it hits. Repairs nothing. */
@NullMarked
package io.rewind.store.verify;

import org.jspecify.annotations.NullMarked;
