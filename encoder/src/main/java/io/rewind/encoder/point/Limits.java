package io.rewind.encoder.point;

import java.time.Duration;

/**
 * What a partition may hold (I10).
 *
 * @param openPoints points under way at once
 * @param age a point not sealed after this long is given up
 * @param mapBytes memory for the map of one point
 */
public record Limits(int openPoints, Duration age, long mapBytes) {}
