package io.rewind.cli.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rewind.cli.output.Amounts;
import io.rewind.cli.output.Json;
import io.rewind.cli.output.Table;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointHeader;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Points as people and programs see them. */
public final class PointView {
    private static final double NANOS_IN_MILLI = 1e6;

    private PointView() {}

    /** Likewise, and whether it stays whatever the policy says. */
    public static ObjectNode json(PointCommitted point, boolean pinned) {
        return json(point).put("pinned", pinned);
    }

    /** {@code time} is an ISO instant, {@code parent} null for a point that needs none, sizes are bytes. */
    public static ObjectNode json(PointCommitted point) {
        PointHeader header = point.getHeader();
        return Json.object()
                .put("point", header.getPoint())
                .put("timeline", header.getTimeline())
                .put("container", header.getName())
                .put("containerId", header.getContainer())
                .put("host", header.getHost())
                .put("time", header.getCaptured().toString())
                .put("kind", kind(header))
                .put("parent", header.getParent().orElse(null))
                .put("branch", header.getBranch().orElse(null))
                .put("incarnation", header.getIncarnation())
                .put("trigger", header.getTrigger())
                .put("tracker", header.getTracker())
                .put("pages", header.getPages())
                .put("changedPages", header.getChangedPages())
                .put("files", header.getFiles())
                .put("changedFiles", header.getChangedFiles())
                .put("frozenMillis", header.getFrozenNanos() / NANOS_IN_MILLI)
                .put("rawBytes", header.getRawBytes())
                .put("storedBytes", point.getStoredBytes());
    }

    /** Times in {@code zone}. */
    public static String table(List<PointCommitted> points, ZoneId zone) {
        return table(points, Set.of(), zone);
    }

    /** @param pinned ids, which are marked */
    public static String table(List<PointCommitted> points, Set<String> pinned, ZoneId zone) {
        Table table = new Table("POINT", "TIME", "KIND", ">PAGES", ">CHANGED", ">FILES", ">FROZEN", ">RAW", ">STORED");
        points.forEach(point -> table.row(row(point, pinned, zone)));
        return table.toString();
    }

    private static String[] row(PointCommitted point, Set<String> pinned, ZoneId zone) {
        PointHeader header = point.getHeader();
        return new String[] {
            header.getPoint(),
            Amounts.time(header.getCaptured(), zone),
            kind(header) + (pinned.contains(header.getPoint()) ? ", pinned" : ""),
            Long.toString(header.getPages()),
            Long.toString(header.getChangedPages()),
            Long.toString(header.getChangedFiles()),
            Amounts.nanos(header.getFrozenNanos()),
            Amounts.bytes(header.getRawBytes()),
            Amounts.bytes(point.getStoredBytes())
        };
    }

    private static String kind(PointHeader header) {
        return header.getKind().name().toLowerCase(Locale.ROOT);
    }
}
