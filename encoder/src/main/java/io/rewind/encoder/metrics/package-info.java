/** What the encoder says about itself in numbers. Promises names and units, not exactness across a replay. */
@NullMarked
package io.rewind.encoder.metrics;

import org.jspecify.annotations.NullMarked;
