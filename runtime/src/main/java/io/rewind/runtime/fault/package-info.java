/** Errors that carry what a caller decides by: a stable code and a severity. The sentence is for people. */
@NullMarked
package io.rewind.runtime.fault;

import org.jspecify.annotations.NullMarked;
