package io.rewind.benchmarks.scale;

import java.util.List;

/**
 * Lines over what grows.
 *
 * @param suffix of its file's name
 * @param what its upright axis shows, without the unit
 * @param headings of the lines; all of one unit
 */
public record Picture(String suffix, String title, String what, Amount amount, List<String> headings) {
    public Picture {
        headings = List.copyOf(headings);
    }
}
