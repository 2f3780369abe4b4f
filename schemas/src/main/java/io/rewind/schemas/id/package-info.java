/**
 * Identities as they travel in records and become parts of paths: checked at construction, so that whoever holds one
 * may use it (I9).
 */
@NullMarked
package io.rewind.schemas.id;

import org.jspecify.annotations.NullMarked;
