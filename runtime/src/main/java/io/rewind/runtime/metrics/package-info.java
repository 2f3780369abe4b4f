/**
 * One registry a process, the endpoint that shows it, and the families of series that are nobody's own. A component
 * names its families in one class, as {@link io.rewind.runtime.metrics.Metric}s; docs/metrics.md is made from those.
 */
@NullMarked
package io.rewind.runtime.metrics;

import org.jspecify.annotations.NullMarked;
