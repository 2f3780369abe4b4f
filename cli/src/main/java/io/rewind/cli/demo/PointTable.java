package io.rewind.cli.demo;

import io.rewind.cli.client.Feed;
import io.rewind.cli.output.Amounts;
import io.rewind.cli.output.Terminal;
import io.rewind.event.Gap;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointHeader;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.specific.SpecificRecord;

/** The points of one container as they become durable, shown as a table that grows. */
final class PointTable {
    private static final String ROW = "  %-18s %-6s %8s %8s %9s %10s %10s";
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Terminal terminal;
    private final String container;
    private final List<PointCommitted> points = new ArrayList<>();
    private String lastGap = "";

    PointTable(Terminal terminal, String container) {
        this.terminal = terminal;
        this.container = container;
    }

    /** Returns when there are {@code wanted} points. @throws Fault TOO_FEW_POINTS with the last gap's reason */
    List<PointCommitted> await(Feed feed, int wanted) {
        terminal.print(String.format(ROW, "POINT", "KIND", "PAGES", "CHANGED", "FROZEN", "RAW", "STORED"));
        long end = System.nanoTime() + LIMIT.toNanos();
        while (points.size() < wanted) {
            if (System.nanoTime() > end) {
                throw new Fault(
                        DemoFault.TOO_FEW_POINTS,
                        Severity.REJECTED,
                        "only " + points.size() + " of " + wanted + " points within " + LIMIT.toSeconds() + " s"
                                + (lastGap.isEmpty() ? "" : "; last missed: " + lastGap));
            }
            feed.next().forEach(this::take);
        }
        return List.copyOf(points);
    }

    private void take(SpecificRecord record) {
        switch (record) {
            case PointCommitted point
            when point.getHeader().getName().equals(container) -> {
                points.add(point);
                terminal.print(row(point));
            }
            case Gap gap
            when gap.getName().equals(container) -> {
                lastGap = gap.getMessage() + " (" + gap.getCode() + ")";
                terminal.print("  missed: " + lastGap);
            }
            default -> {}
        }
    }

    private static String row(PointCommitted point) {
        PointHeader header = point.getHeader();
        return String.format(
                ROW,
                header.getPoint(),
                header.getKind().name().toLowerCase(Locale.ROOT),
                header.getPages(),
                header.getChangedPages(),
                Amounts.nanos(header.getFrozenNanos()),
                Amounts.bytes(header.getRawBytes()),
                Amounts.bytes(point.getStoredBytes()));
    }
}
