/** Settings from HOCON files, system properties and the environment, checked as a whole before anything starts. */
@NullMarked
package io.rewind.runtime.config;

import org.jspecify.annotations.NullMarked;
