/**
 * What a request means: which container, which timeline, which point. Touches nothing; refuses with one sentence what
 * it cannot make out.
 */
@NullMarked
package io.rewind.restore.resolve;

import org.jspecify.annotations.NullMarked;
