/**
 * The container engine, asked in its own JSON so that no field of a container's configuration is lost on the way. One
 * call, one request; promises nothing about several of them together.
 */
@NullMarked
package io.rewind.restore.engine;

import org.jspecify.annotations.NullMarked;
