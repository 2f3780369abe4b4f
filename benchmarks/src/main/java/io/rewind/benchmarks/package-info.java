/** Rewind measured beside its peers: what is run, what is read from it, and how it is shown. Proves nothing; tests do. */
@NullMarked
package io.rewind.benchmarks;

import org.jspecify.annotations.NullMarked;
