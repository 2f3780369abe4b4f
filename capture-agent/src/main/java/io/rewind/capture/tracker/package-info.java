/**
 * Which pages of a frozen container may have changed. A tracker may name too many pages, never too few: what it
 * names is compared with what is known. It does not freeze, and does not publish.
 */
@NullMarked
package io.rewind.capture.tracker;

import org.jspecify.annotations.NullMarked;
