/** Hooks over an engine that only writes down what it is told. */
@NullMarked
package io.rewind.capture.hook;

import org.jspecify.annotations.NullMarked;
