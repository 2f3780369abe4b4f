package io.rewind.encoder.point;

import java.time.Duration;

/**
 * What a partition may hold, and how deep patches may lie (I10).
 *
 * @param openPoints points under way at once
 * @param age a point not sealed after this long is given up
 * @param mapBytes memory for the map of one point
 * @param layers patches between a block and its base
 */
public record Limits(int openPoints, Duration age, long mapBytes, int layers) {}
