/**
 * What compression level, chunk size, dictionary and deduplication are worth in bytes, and what they take of a processor.
 *
 * <p>Real services are captured once; what the agent sent of them is then encoded again and again, each time otherwise.
 * Levels and deduplication are the encoder's own; chunks of another size and dictionaries are cut from what it stored, for
 * it knows no others. Does not tell how fast any of it is read.
 */
@NullMarked
package io.rewind.benchmarks.content;

import org.jspecify.annotations.NullMarked;
