package io.rewind.cli.demo;

import io.rewind.cli.output.Amounts;
import io.rewind.cli.output.Table;
import io.rewind.event.PointCommitted;
import io.rewind.event.RestoreProgress;
import java.util.List;

/** The numbers of a demonstration. */
final class Summary {
    private static final long NANOS_IN_MILLI = 1_000_000;

    private Summary() {}

    static String of(List<PointCommitted> points, RestoreProgress inPlace, RestoreProgress clone) {
        long raw = points.stream().mapToLong(p -> p.getHeader().getRawBytes()).sum();
        long stored = points.stream().mapToLong(PointCommitted::getStoredBytes).sum();
        long frozen = points.stream()
                .mapToLong(p -> p.getHeader().getFrozenNanos())
                .max()
                .orElse(0);
        return new Table("", ">")
                .row("points", Integer.toString(points.size()))
                .row("bytes captured", Amounts.bytes(raw))
                .row("bytes stored", Amounts.bytes(stored))
                .row("longest freeze", Amounts.nanos(frozen))
                .row("time to restore, in place", Amounts.nanos(inPlace.getRequestMillis() * NANOS_IN_MILLI))
                .row("  of it without a process", Amounts.nanos(inPlace.getRunningMillis() * NANOS_IN_MILLI))
                .row("time to open the clone", Amounts.nanos(clone.getRequestMillis() * NANOS_IN_MILLI))
                .toString();
    }
}
