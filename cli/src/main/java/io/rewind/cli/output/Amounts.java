package io.rewind.cli.output;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Sizes and times as people read them. */
public final class Amounts {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private Amounts() {}

    /** 1536 → "1.5 KiB". */
    public static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (Math.abs(amount) >= 1024 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
    }

    /** 1234567 → "1.2 ms"; from one second on in seconds. */
    public static String nanos(long nanos) {
        return nanos >= 1_000_000_000
                ? String.format(Locale.ROOT, "%.2f s", nanos / 1e9)
                : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }

    /** To the second, in {@code zone}. */
    public static String time(Instant instant, ZoneId zone) {
        return CLOCK.format(instant.atZone(zone));
    }
}
