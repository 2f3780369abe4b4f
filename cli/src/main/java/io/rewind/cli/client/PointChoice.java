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
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;

/**
 * Which point to go to, in the words of a request.
 *
 * @param record one of PointById (perhaps with the beginning of an id only), PointAt, PointAgo, PointLatest
 */
public record PointChoice(SpecificRecord record) {
    private static final Pattern BEGINNING = Pattern.compile("[0-9a-f]{4,16}");

    /** @param id or its beginning @throws Fault ID_INVALID */
    public static PointChoice byId(String id) {
        return new PointChoice(new PointById(BEGINNING.matcher(id).matches() ? id : new PointId(id).text()));
    }

    /**
     * <pre>
     *   latest                         the newest point
     *   -30s  -500ms  -5m  -2h  -1d    the newest not younger than that
     *   2026-03-01T12:31:05Z           the newest not after the instant; any offset does, and any zone behind it:
     *                                  2026-03-01T13:31:05+01:00[Europe/Berlin]
     *   12:31:05                       likewise, today where the command runs
     *   12:31:05+02:00                 likewise, today where it is two hours later than in Greenwich
     *   0199c2f4a1b37e05               the point of this id; its beginning, from four digits on, does
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
                    new PointAgo(Durations.parse("a moment", text.substring(1)).toMillis()));
        }
        if (BEGINNING.matcher(text).matches()) {
            return byId(text);
        }
        try {
            return new PointChoice(new PointAt(instant(text, now)));
        } catch (DateTimeException e) {
            throw new Fault(
                    CallFault.BAD_VALUE,
                    Severity.REJECTED,
                    "\"" + text + "\" is not a moment; give 2026-03-01T12:31:05Z (with its zone), 12:31:05 (today,"
                            + " local), -30s, latest, or the beginning of a point's id",
                    e);
        }
    }

    private static Instant instant(String text, ZonedDateTime now) {
        if (text.contains("T")) {
            return ZonedDateTime.parse(text).toInstant();
        }
        TemporalAccessor time = DateTimeFormatter.ISO_TIME.parseBest(text, OffsetTime::from, LocalTime::from);
        return time instanceof OffsetTime there
                ? now.withZoneSameInstant(there.getOffset())
                        .with(there.toLocalTime())
                        .toInstant()
                : now.with(LocalTime.from(time)).toInstant();
    }

    /** Whether a restore service can make it out by itself. */
    public boolean isComplete() {
        return !(record instanceof PointById byId) || PointId.isValid(byId.getPoint());
    }
}
