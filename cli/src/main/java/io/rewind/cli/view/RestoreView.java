package io.rewind.cli.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rewind.cli.output.Amounts;
import io.rewind.cli.output.Json;
import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import java.util.Locale;

/** A restore's messages as people and programs see them. */
public final class RestoreView {
    private static final long NANOS_IN_MILLI = 1_000_000;

    private RestoreView() {}

    public static ObjectNode json(RestoreProgress news) {
        return Json.object()
                .put("request", news.getRequest())
                .put("state", news.getState().name())
                .put("code", news.getCode())
                .put("message", news.getMessage())
                .put("mode", news.getMode().name().toLowerCase(Locale.ROOT))
                .put("host", news.getHost())
                .put("timeline", news.getTimeline())
                .put("point", news.getPoint())
                .put("undoPoint", news.getUndoPoint())
                .put("container", news.getContainer())
                .put("runningContainer", news.getRunningContainer())
                .put("requestMillis", news.getRequestMillis())
                .put("runningMillis", news.getRunningMillis())
                .put("memoryMillis", news.getMemoryMillis());
    }

    /** What it is doing now. */
    public static String step(RestoreProgress news) {
        return switch (news.getState()) {
            case ACCEPTED -> "accepted";
            case FETCHING -> "fetching point " + news.getPoint();
            case CAPTURING_PRESENT -> "capturing the present, so that this can be undone";
            case RESTORING -> "restoring";
            case RUNNING -> "running";
            case FAILED -> "failed";
        };
    }

    /** Of the whole way, roughly: fetching is most of it. */
    public static int percent(RestoreProgress news) {
        return switch (news.getState()) {
            // The present is captured beside the fetching.
            case ACCEPTED, CAPTURING_PRESENT, FAILED -> 0;
            case FETCHING -> news.getPercent() * 8 / 10;
            case RESTORING -> 90;
            case RUNNING -> 100;
        };
    }

    /** @param news RUNNING */
    public static String done(RestoreProgress news, String name) {
        if (news.getState() != RestoreState.RUNNING) {
            throw new IllegalArgumentException("not running but " + news.getState());
        }
        String undo = news.getUndoPoint().isEmpty()
                ? ""
                : "; undo with `rewind restore " + name + " --point " + news.getUndoPoint() + "`";
        String started = Amounts.nanos(news.getRunningMillis() * NANOS_IN_MILLI);
        return name + " runs from point " + news.getPoint() + ": "
                + Amounts.nanos(news.getRequestMillis() * NANOS_IN_MILLI) + " after the request, "
                + (news.getMode() == RestoreMode.CLONE
                        ? "started in " + started
                        : started + " of it without a running process")
                + memory(news)
                + undo;
    }

    private static String memory(RestoreProgress news) {
        if (news.getMemoryMillis() < 0) {
            return "; the rest of its memory is on its way";
        }
        return news.getMemoryMillis() > news.getRunningMillis()
                ? "; all of its memory was there after " + Amounts.nanos(news.getMemoryMillis() * NANOS_IN_MILLI)
                : "";
    }
}
