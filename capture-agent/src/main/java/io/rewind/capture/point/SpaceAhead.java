package io.rewind.capture.point;

import io.rewind.capture.tracker.PageTable;
import io.rewind.runtime.process.PageRanges;

/**
 * What is at hand of a space before it is frozen.
 *
 * @param copied pages copied while it ran; some perhaps before their last change
 * @param atHand pages whose content is known, by such a copy or by the last point, unless they are written before the
 *     freeze
 */
public record SpaceAhead(StagedPages copied, PageRanges atHand) {

    /** Nothing but what the last point has. */
    public static SpaceAhead of(PageTable known) {
        return new SpaceAhead(new StagedPages(), known.pages());
    }
}
