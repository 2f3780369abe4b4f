/**
 * Two points side by side: files, memory by process and mapping, processes and what they have open. Each is a merge of
 * two ordered streams, so memory is bounded whatever the points' sizes. Says that something differs and by how much, not
 * what it means.
 */
@NullMarked
package io.rewind.restore.compare;

import org.jspecify.annotations.NullMarked;
