/**
 * Other processes of this host, as /proc and the kernel's calls tell of them: which there are below one, what they have
 * mapped, what their memory holds and which of its pages were written. Changes nothing in them, but for the marks of
 * written pages that whoever watches them asks for.
 */
@NullMarked
package io.rewind.runtime.process;

import org.jspecify.annotations.NullMarked;
