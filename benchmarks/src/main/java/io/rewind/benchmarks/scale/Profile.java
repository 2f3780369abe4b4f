package io.rewind.benchmarks.scale;

import io.rewind.benchmarks.figure.Unit;
import java.util.List;

/**
 * What a page says about an axis, whatever the figures.
 *
 * @param name as typed, and in names of files
 * @param varied heading of what grows
 * @param unit of what grows
 * @param mechanism how it was measured and where cost comes from
 * @param headings of what is measured
 */
public record Profile(
        String name,
        String title,
        String varied,
        Unit unit,
        String mechanism,
        List<String> headings,
        List<Picture> pictures) {
    public Profile {
        headings = List.copyOf(headings);
        pictures = List.copyOf(pictures);
    }
}
