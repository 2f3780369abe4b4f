package io.rewind.restore.request;

import io.rewind.event.Fingerprint;
import io.rewind.event.RestoreProgress;
import io.rewind.restore.engine.Engine;
import io.rewind.restore.journal.JournalFolder;
import io.rewind.restore.points.PointSource;
import io.rewind.restore.policy.Policy;
import io.rewind.restore.present.PresentCapture;
import io.rewind.restore.rebuild.PointRebuild;
import io.rewind.restore.switchover.Switchovers;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What every restore works with; all of it thread-safe.
 *
 * @param fingerprint of this host
 * @param results takes an answer and returns when it is safe
 * @param branches hears, before a start, of the timeline and the point it grows from
 * @param lateLimit how long memory may take to come after a start
 * @param pull whether an image that is not here may be fetched from its registry
 */
record Bench(
        String host,
        Fingerprint fingerprint,
        Policy policy,
        Clock clock,
        Engine engine,
        PointSource points,
        PointRebuild rebuild,
        PresentCapture present,
        Switchovers switchovers,
        JournalFolder journals,
        Consumer<RestoreProgress> results,
        BiConsumer<String, String> branches,
        Duration lateLimit,
        boolean pull,
        RestoreMetrics metrics) {}
