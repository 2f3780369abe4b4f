package io.rewind.capture.tracker;

import io.rewind.runtime.process.PageRanges;

/**
 * What a tracker says of a process that runs.
 *
 * @param unchanged pages not written since the last answer about it
 * @param there pages it has, each looked at before this was asked for them: one that was written since is said next time
 */
public record Glance(PageRanges unchanged, PageRanges there) {}
