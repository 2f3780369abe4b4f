@NullMarked
package io.rewind.benchmarks.subject;

import org.jspecify.annotations.NullMarked;
