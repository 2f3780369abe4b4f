/**
 * Work that nobody waits for steps back behind the containers, work that somebody waits for does not. Decides between
 * tasks of one control group, and between sessions where the kernel groups tasks by them; what a control group of this
 * process's own may take is its operator's to say.
 */
@NullMarked
package io.rewind.runtime.priority;

import org.jspecify.annotations.NullMarked;
