package io.rewind.capture;

import io.rewind.capture.tracker.TrackerKind;
import io.rewind.runtime.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the agent works on this host.
 *
 * @param images folder for CRIU's images, best on tmpfs
 * @param interval of containers whose label says none
 * @param tracker empty for the best that works here
 */
public record CaptureSettings(
        String host,
        String criu,
        Path data,
        Path images,
        Duration interval,
        Policy policy,
        Duration freezeLimit,
        int concurrent,
        Optional<TrackerKind> tracker,
        long stagingMemory,
        long stagingFile,
        long producerBuffer,
        Duration publishLimit) {
    /**
     * How much a container bears.
     *
     * @param freezePercent of the time that it may stand still
     * @param idleLimit after so long without a point there is one, although nothing in it has run
     * @param hookLimit of each hook
     */
    public record Policy(int freezePercent, Duration idleLimit, Duration hookLimit) {}

    private static final String TRACKER = "rewind.capture.tracker";

    /** @throws io.rewind.runtime.fault.Fault CONFIG_INVALID naming every bad setting */
    public static CaptureSettings of(Settings settings) {
        CaptureSettings read = new CaptureSettings(
                settings.hostName(),
                settings.text("rewind.capture.criu"),
                settings.path("rewind.data").resolve("agent"),
                settings.path("rewind.capture.images"),
                settings.duration("rewind.capture.interval"),
                new Policy(
                        settings.number("rewind.capture.freeze-percent", 1, 100),
                        settings.duration("rewind.capture.idle-limit"),
                        settings.duration("rewind.capture.hook-limit")),
                settings.duration("rewind.capture.freeze-limit"),
                settings.number("rewind.capture.concurrent", 1, 64),
                tracker(settings),
                settings.bytes("rewind.capture.staging.memory", 8 << 20),
                settings.bytes("rewind.capture.staging.file", 0),
                settings.bytes("rewind.capture.producer-buffer", 4 << 20),
                settings.duration("rewind.capture.publish-limit"));
        settings.check();
        return read;
    }

    private static Optional<TrackerKind> tracker(Settings settings) {
        String text = settings.text(TRACKER);
        Optional<TrackerKind> kind = TrackerKind.of(text);
        if (kind.isEmpty() && !text.equals("auto")) {
            settings.reject(TRACKER, "must be auto, write-protect, soft-dirty or full-scan, is " + text);
        }
        return kind;
    }
}
