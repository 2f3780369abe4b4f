/**
 * The freeze: CRIU dumps everything but memory, then waits with all tasks stopped until it is told to go on. That
 * wait is the window in which memory and files are read. Steps: mounts → dump command → window → release. Whatever
 * dies, the tasks run on: CRIU is bound to this process's life and to the freeze limit (I1).
 */
@NullMarked
package io.rewind.capture.freeze;

import org.jspecify.annotations.NullMarked;
