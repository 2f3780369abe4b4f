/** Containers that are captured: workloads that people run, the load on them, and what they notice. */
@NullMarked
package io.rewind.benchmarks.subject;

import org.jspecify.annotations.NullMarked;
