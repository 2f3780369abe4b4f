package io.rewind.restore.look;

import static io.rewind.restore.fixture.Recipes.bytes;
import static io.rewind.restore.fixture.Recipes.meta;

import io.rewind.event.FileType;
import io.rewind.restore.fixture.FakePoints;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;

/** A container called web and points of it, told in a few words. */
public final class Told {
    public static final TimelineId TIMELINE = new TimelineId("a".repeat(64));
    public static final byte[] SPEC = bytes("{\"Mounts\": [{\"Destination\": \"/data\"}]}");

    private Told() {}

    /** Its root and /etc with passwd in it. */
    public static FakePoints.Draft tree(FakePoints points, String passwd) {
        return points.draft()
                .entry(new byte[0], meta(FileType.DIRECTORY), new byte[0])
                .entry(bytes("etc"), meta(FileType.DIRECTORY), new byte[0])
                .entry(bytes("etc/passwd"), meta(FileType.FILE), bytes(passwd));
    }

    public static FakePoints.Draft link(FakePoints.Draft draft, FileType type, String path, String target) {
        return draft.entry(bytes(path), meta(type).setTarget(ByteBuffer.wrap(bytes(target))), new byte[0]);
    }

    /** The point of second {@code at}. */
    public static Moment commit(FakePoints points, FakePoints.Draft draft, int at) {
        PointId id = draft.commit(TIMELINE.text(), TIMELINE.text(), "web", Instant.EPOCH.plusSeconds(at), SPEC);
        return new Moment(TIMELINE, points.point(TIMELINE, id).orElseThrow());
    }

    /** Larger than a window, with a hole, the same for the same seed. */
    public static byte[] large(long seed) {
        byte[] content = new byte[(17 << 20) + 1234];
        new Random(seed).nextBytes(content);
        Arrays.fill(content, 5 << 20, 7 << 20, (byte) 0);
        return content;
    }
}
