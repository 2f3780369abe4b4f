/** One registry a process, and the HTTP endpoint that shows it. */
@NullMarked
package io.rewind.runtime.metrics;

import org.jspecify.annotations.NullMarked;
