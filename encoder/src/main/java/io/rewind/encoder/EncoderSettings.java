package io.rewind.encoder;

import io.rewind.encoder.mirror.MirrorSettings;
import io.rewind.encoder.point.Limits;
import io.rewind.runtime.config.Settings;
import io.rewind.schemas.content.PatchBody;
import java.time.Duration;

/**
 * What {@code rewind.encoder} says.
 *
 * @param level of zstd
 * @param cacheBytes for each partition
 * @param publishBuffer bytes
 */
record EncoderSettings(
        String group,
        int level,
        long cacheBytes,
        Duration cacheReach,
        Limits limits,
        MirrorSettings mirror,
        long publishBuffer) {
    private static final int MAX_LEVEL = 19;
    private static final long MIB = 1 << 20;

    /** @throws io.rewind.runtime.fault.Fault CONFIG_INVALID naming all that is wrong */
    static EncoderSettings of(Settings settings) {
        EncoderSettings read = new EncoderSettings(
                settings.text("rewind.encoder.group"),
                settings.number("rewind.encoder.level", 1, MAX_LEVEL),
                settings.bytes("rewind.encoder.cache.bytes", 0),
                settings.duration("rewind.encoder.cache.reach"),
                new Limits(
                        settings.number("rewind.encoder.open.points", 1, 1 << 16),
                        settings.duration("rewind.encoder.open.age"),
                        settings.bytes("rewind.encoder.open.map", MIB),
                        settings.number("rewind.encoder.mirror.layers", 1, PatchBody.MAX_LAYERS)),
                new MirrorSettings(
                        settings.path("rewind.data").resolve("encoder"),
                        settings.bytes("rewind.encoder.mirror.bytes", 0),
                        settings.duration("rewind.encoder.cache.reach")),
                settings.bytes("rewind.encoder.publish-buffer", 4 * MIB));
        settings.check();
        return read;
    }
}
