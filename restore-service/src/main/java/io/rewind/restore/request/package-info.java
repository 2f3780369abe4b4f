/**
 * A request from its arrival to its answer: accepted and journaled, resolved, rebuilt, the present captured, switched over
 * or undone, answered; and what a crash left of that, finished or undone at the next start. At most one restore of a
 * container at a time; a request is done once, however often it is delivered.
 */
@NullMarked
package io.rewind.restore.request;

import org.jspecify.annotations.NullMarked;
