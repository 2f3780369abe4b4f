/** Sets of pages against a model, and this process's own memory as seen from outside. */
@NullMarked
package io.rewind.runtime.process;

import org.jspecify.annotations.NullMarked;
