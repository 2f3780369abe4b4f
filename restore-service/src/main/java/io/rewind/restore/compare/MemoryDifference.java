package io.rewind.restore.compare;

/**
 * Pages of one mapping that differ; all mappings of the same label in a process count together.
 *
 * @param space the process, or the shared segment, as CRIU numbers it
 * @param mapping a path, or such as [heap]; safe to be shown
 */
public record MemoryDifference(String space, String mapping, long added, long changed, long removed) {}
