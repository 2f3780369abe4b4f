package io.rewind.schemas.id;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * One point. Sorts by time of capture within a timeline.
 *
 * <pre>
 *   0199c2f4a1b3 7e05
 *   |            +-- 4 hexadecimal digits, random
 *   +--------------- 12 hexadecimal digits: milliseconds since 1970
 * </pre>
 */
public record PointId(String text) implements Comparable<PointId> {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}");
    private static final HexFormat HEX = HexFormat.of();
    private static final SecureRandom RANDOM = new SecureRandom();

    public PointId {
        IdFault.check("point id", text, FORM, "16 hexadecimal digits");
    }

    public static PointId at(Instant captured) {
        return new PointId(HEX.toHexDigits(captured.toEpochMilli(), 12) + HEX.toHexDigits(RANDOM.nextInt(1 << 16), 4));
    }

    /** To the millisecond. */
    public Instant captured() {
        return Instant.ofEpochMilli(HexFormat.fromHexDigitsToLong(text, 0, 12));
    }

    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public int compareTo(PointId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
