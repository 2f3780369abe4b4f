package io.rewind.store.timeline;

import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Keys made of ids, which have been checked: timeline, 0, point, 0, encoding as u64be, part as u32be; as far as each is
 * needed.
 */
public final class Keys {
    /** What a part's key has after the point. */
    public static final int PART_BYTES = Long.BYTES + Integer.BYTES;

    private Keys() {}

    public static byte[] timeline(TimelineId timeline) {
        return timeline.text().getBytes(StandardCharsets.US_ASCII);
    }

    /** Begins every key of the timeline's points. */
    public static byte[] points(TimelineId timeline) {
        return (timeline.text() + '\0').getBytes(StandardCharsets.US_ASCII);
    }

    public static byte[] point(TimelineId timeline, PointId point) {
        return (timeline.text() + '\0' + point.text()).getBytes(StandardCharsets.US_ASCII);
    }

    /** Names the point that a key of points stands for, for people. */
    public static String pointOf(byte[] key) {
        String text = new String(key, StandardCharsets.US_ASCII);
        int zero = text.indexOf('\0');
        return "point " + text.substring(zero + 1) + " of timeline " + text.substring(0, zero);
    }

    /** Whether a key of what waits for its point is that of a part. */
    public static boolean isPart(byte[] key) {
        return new String(key, StandardCharsets.ISO_8859_1).indexOf(0) >= 0;
    }

    /** What the keys of all parts of a point begin with. */
    public static byte[] parts(TimelineId timeline, PointId point) {
        return (timeline.text() + '\0' + point.text() + '\0').getBytes(StandardCharsets.US_ASCII);
    }

    public static byte[] part(TimelineId timeline, PointId point, long encoding, int part) {
        byte[] prefix = parts(timeline, point);
        return ByteBuffer.allocate(prefix.length + PART_BYTES)
                .put(prefix)
                .putLong(encoding)
                .putInt(part)
                .array();
    }
}
