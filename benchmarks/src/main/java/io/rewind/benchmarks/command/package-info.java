/** What people type: one command a benchmark. */
@NullMarked
package io.rewind.benchmarks.command;

import org.jspecify.annotations.NullMarked;
