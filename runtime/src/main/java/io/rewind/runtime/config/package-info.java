/**
 * Settings: the environment over one HOCON file over the modules' reference settings, checked as a whole before
 * anything starts. docs/configuration.md lists them.
 */
@NullMarked
package io.rewind.runtime.config;

import org.jspecify.annotations.NullMarked;
