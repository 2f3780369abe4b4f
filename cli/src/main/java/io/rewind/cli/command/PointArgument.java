package io.rewind.cli.command;

import io.rewind.cli.client.PointChoice;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** How commands that look into points take them. */
final class PointArgument {
    static final String HELP =
            "latest, so long ago (-30s, -5m), an instant (2026-03-01T12:31:05Z, or 12:31:05 for today in the local zone;"
                    + " the newest point not after it), or the beginning of a point's id.";
    static final String CHANGED =
            "A point has what changed since the image was made, and captured volumes; files of the image are not there"
                    + " unless they changed.";

    private PointArgument() {}

    /** Refuses nonsense before anybody is asked. @throws io.rewind.runtime.fault.Fault BAD_VALUE */
    static PointChoice parse(String point) {
        return PointChoice.parse(point, ZonedDateTime.now(ZoneId.systemDefault()));
    }
}
