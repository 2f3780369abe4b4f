/**
 * The configuration of the container that takes over or stands beside another: pure functions from what the engine says
 * about a container to what it wants to create one. Unknown fields pass through; nothing is asked of the engine here.
 */
@NullMarked
package io.rewind.restore.container;

import org.jspecify.annotations.NullMarked;
