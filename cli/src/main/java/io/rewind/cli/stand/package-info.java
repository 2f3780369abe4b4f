/**
 * What a trial stands on: a node and a folder of its own, programs run to their end, and the certainty that all of it
 * is taken away again. Knows nothing of what is tried.
 */
@NullMarked
package io.rewind.cli.stand;

import org.jspecify.annotations.NullMarked;
