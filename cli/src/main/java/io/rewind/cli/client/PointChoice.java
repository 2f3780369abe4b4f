package io.rewind.cli.client;

import io.rewind.event.PointAgo;
import io.rewind.event.PointAt;
import io.rewind.event.PointById;
import io.rewind.event.PointLatest;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.id.PointId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.apache.avro.specific.SpecificRecord;

/**
 * Which point to go to, in the words of a request.
 *
 * @param record one of PointById, PointAt, PointAgo, PointLatest
 */
public record PointChoice(SpecificRecord record) {

    /** @throws Fault ID_INVALID */
    public static PointChoice byId(String id) {
        return new PointChoice(new PointById(new PointId(id).text()));
    }

    /**
     * <pre>
     *   latest                         the newest point
     *   -30s  -500ms  -5m  -2h  -1d    the newest not younger than that
     *   2026-03-01T12:31:05Z           the newest not after the instant; any offset does
     *   12:31:05                       likewise, today where the command runs
     * </pre>
     *
     * @throws Fault BAD_VALUE
     */
    public static PointChoice parse(String text, ZonedDateTime now) {
        if (text.equals("latest")) {
            return new PointChoice(new PointLatest(true));
        }
        if (text.startsWith("-")) {
            return new PointChoice(
                    new PointAgo(Durations.parse("--at", text.substring(1)).toMillis()));
        }
        try {
            return new PointChoice(new PointAt(instant(text, now)));
        } catch (DateTimeException e) {
            throw new Fault(
                    CallFault.BAD_VALUE,
                    Severity.REJECTED,
                    "--at: \"" + text + "\" is not a time; give 2026-03-01T12:31:05Z (with its zone), 12:31:05 (today,"
                            + " local), -30s, or latest",
                    e);
        }
    }

    private static Instant instant(String text, ZonedDateTime now) {
        return text.contains("T")
                ? OffsetDateTime.parse(text).toInstant()
                : now.with(LocalTime.parse(text)).toInstant();
    }
}
