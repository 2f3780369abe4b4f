/** What a request means: points and containers. */
@NullMarked
package io.rewind.restore.resolve;

import org.jspecify.annotations.NullMarked;
