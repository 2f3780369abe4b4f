package io.rewind.cli.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rewind.cli.client.Rehearsal;
import io.rewind.cli.output.Amounts;
import io.rewind.cli.output.Json;
import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** What a restore would do, as people and programs see it. Times are measured ones or none: nothing is guessed. */
public final class RehearsalView {
    private static final long NANOS_IN_MILLI = 1_000_000;

    private RehearsalView() {}

    /** Bytes and milliseconds; the times of each earlier restore, none where there was none. */
    public static ObjectNode json(Rehearsal would) {
        ObjectNode json = Json.object()
                .put("dryRun", true)
                .put("point", would.point().getPoint())
                .put("time", would.point().getCaptured().toString())
                .put("mode", mode(would))
                .put("bytes", would.bytes())
                .put("memoryBytes", would.memory())
                .put("imageBytes", would.images())
                .put("files", would.files())
                .put("fileBytes", would.fileBytes());
        would.differences().forEach(json.withArray("differences")::add);
        would.before()
                .forEach(past -> json.withArray("before")
                        .addObject()
                        .put("point", past.getPoint())
                        .put("requestMillis", past.getRequestMillis())
                        .put("runningMillis", past.getRunningMillis()));
        return json;
    }

    /** @param how what would happen, a clause */
    public static String text(Rehearsal would, String how, Instant now, ZoneId zone) {
        Duration age = Duration.between(would.point().getCaptured(), now);
        return "nothing was done; " + how + "\n"
                + "  point     " + would.point().getPoint() + " of "
                + Amounts.time(would.point().getCaptured(), zone) + ", " + age.toSeconds() + " s ago\n"
                + "  memory    " + Amounts.bytes(would.memory()) + "\n"
                + "  files     " + would.files() + " that changed since the image, " + Amounts.bytes(would.fileBytes())
                + "\n"
                + "  images    " + Amounts.bytes(would.images()) + " of process state\n"
                + "  takes     " + takes(would) + "\n"
                + "  host      " + host(would) + "\n"
                + "  unchecked whether image, engine and disk allow it\n";
    }

    private static String host(Rehearsal would) {
        return would.differences().isEmpty()
                ? "this one is like the one it was captured on"
                : "not this one without --force: " + String.join(", ", would.differences());
    }

    private static String takes(Rehearsal would) {
        List<RestoreProgress> past = would.before();
        if (past.isEmpty()) {
            return "not known: no such restore of it has been recorded";
        }
        String counted = past.size() == 1 ? "the last one took " : "the last " + past.size() + " took ";
        String stopped =
                would.mode() == RestoreMode.IN_PLACE ? " of it without a running process" : " of it for the start";
        return counted + range(past, RestoreProgress::getRequestMillis) + ", "
                + range(past, RestoreProgress::getRunningMillis) + stopped;
    }

    private static String range(List<RestoreProgress> past, ToLongFunction<RestoreProgress> millis) {
        long least = past.stream().mapToLong(millis).min().orElseThrow();
        long most = past.stream().mapToLong(millis).max().orElseThrow();
        String from = Amounts.nanos(least * NANOS_IN_MILLI);
        String to = Amounts.nanos(most * NANOS_IN_MILLI);
        return from.equals(to) ? from : from + " to " + to;
    }

    private static String mode(Rehearsal would) {
        return would.mode().name().toLowerCase(Locale.ROOT);
    }
}
