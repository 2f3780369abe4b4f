@NullMarked
package io.rewind.benchmarks.content;

import org.jspecify.annotations.NullMarked;
