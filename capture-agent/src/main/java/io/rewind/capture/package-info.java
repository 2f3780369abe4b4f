/**
 * The capture agent: finds the containers to watch, and every few seconds freezes each for a moment, sees what
 * changed and publishes it. Steps: docker → watch → files (look ahead) → freeze → tracker → staging → publish.
 * Never waits for Kafka while something is frozen, and promises no point: what did not work is said as a gap.
 */
@NullMarked
package io.rewind.capture;

import org.jspecify.annotations.NullMarked;
