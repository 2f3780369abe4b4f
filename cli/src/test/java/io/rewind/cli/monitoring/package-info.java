/** The files of {@code monitoring/}: read here, and proved against promtool and a real Prometheus. */
@NullMarked
package io.rewind.cli.monitoring;

import org.jspecify.annotations.NullMarked;
