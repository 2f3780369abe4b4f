package io.rewind.store.retention;

import io.rewind.schemas.id.PointId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One rule of a policy: the oldest point of each slot of time stays. Slots are counted from 1970, so that what a rule
 * keeps today it keeps tomorrow.
 *
 * @param slot zero: every point stays
 * @param age up to which the rule holds; empty: for ever
 */
record KeepRule(Duration slot, Optional<Duration> age) {
    /** @param points oldest first */
    void keep(List<PointId> points, Instant now, Consumer<PointId> kept) {
        Instant oldest = age.map(now::minus).orElse(Instant.MIN);
        long before = Long.MIN_VALUE;
        for (PointId point : points) {
            Instant captured = point.captured();
            if (captured.isBefore(oldest)) {
                continue;
            }
            long number = slot.isZero() ? 0 : Math.floorDiv(captured.toEpochMilli(), slot.toMillis());
            if (slot.isZero() || number != before) {
                kept.accept(point);
            }
            before = number;
        }
    }
}
