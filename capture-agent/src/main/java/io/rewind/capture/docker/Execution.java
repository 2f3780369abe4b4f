package io.rewind.capture.docker;

/**
 * A command that was run inside a container.
 *
 * @param inTime false: it was killed at its limit
 * @param exit its status, as far as it ended by itself
 * @param output the first few KB of what it wrote
 */
public record Execution(boolean inTime, long exit, String output) {}
