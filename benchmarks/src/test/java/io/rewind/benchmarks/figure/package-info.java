@NullMarked
package io.rewind.benchmarks.figure;

import org.jspecify.annotations.NullMarked;
