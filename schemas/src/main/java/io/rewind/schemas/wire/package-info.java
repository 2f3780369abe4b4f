/**
 * Records to bytes and back, in Avro's single-object encoding. Reads what any published version of a schema wrote.
 * Promises nothing about the meaning of what it reads.
 */
@NullMarked
package io.rewind.schemas.wire;

import org.jspecify.annotations.NullMarked;
