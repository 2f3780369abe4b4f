package io.rewind.benchmarks.scale;

import java.util.List;

/** One thing that grows, and what is measured at each of its sizes. */
public interface Axis {
    Profile profile();

    /** In the base unit of what is varied, growing. */
    List<Double> values(boolean quick);

    /**
     * On a stand of its own, which is gone afterwards. What was put before it throws stays; the rest gets its reason.
     *
     * @throws io.rewind.runtime.fault.Fault why it could not be measured, or not to the end
     */
    void measure(double value, Trial trial, Figures figures);
}
