/** What the store counts. */
@NullMarked
package io.rewind.store.metrics;

import org.jspecify.annotations.NullMarked;
