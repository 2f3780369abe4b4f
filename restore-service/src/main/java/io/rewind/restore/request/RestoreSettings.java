package io.rewind.restore.request;

import io.rewind.restore.images.PagesPlace;
import io.rewind.restore.plan.Limits;
import io.rewind.restore.policy.Policy;
import io.rewind.runtime.config.Settings;
import io.rewind.schemas.client.StoreAccess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The settings below {@code rewind.restore}, and the host's; see reference.conf for their meaning.
 *
 * @param folder for what is kept on disk
 * @param warmUp bytes that are put together before anybody waits; 0: none
 */
public record RestoreSettings(
        String host,
        Path folder,
        StoreAccess stores,
        URI engine,
        Path pending,
        int atOnce,
        Duration presentLimit,
        PagesPlace pages,
        boolean late,
        long lateFrom,
        Duration lateLimit,
        Policy policy,
        boolean pull,
        Duration engineLimit,
        Duration settle,
        Duration remembered,
        Duration stopLimit,
        Limits limits,
        long warmUp) {
    private static final int ALL = Integer.MAX_VALUE - 16;

    /** @throws io.rewind.runtime.fault.Fault CONFIG_INVALID naming every bad one */
    public static RestoreSettings of(Settings settings) {
        RestoreSettings read = new RestoreSettings(
                settings.hostName(),
                settings.path("rewind.data").resolve("restore"),
                StoreAccess.of(settings),
                address(settings),
                settings.path("rewind.restore.pending"),
                settings.number("rewind.restore.at-once", 1, 64),
                settings.duration("rewind.restore.present-limit"),
                pages(settings.optionalText("rewind.restore.memory")),
                settings.flag("rewind.restore.late"),
                settings.bytes("rewind.restore.late-from", 0),
                settings.duration("rewind.restore.late-limit"),
                policy(settings),
                settings.flag("rewind.restore.pull"),
                settings.duration("rewind.restore.engine-limit"),
                settings.duration("rewind.restore.settle"),
                settings.duration("rewind.restore.remembered"),
                settings.duration("rewind.restore.stop-limit"),
                new Limits(
                        settings.number("rewind.restore.entries", 1, ALL),
                        settings.number("rewind.restore.stretches", 1, ALL),
                        settings.bytes("rewind.restore.limit", 1)),
                settings.bytes("rewind.restore.warm-up", 0));
        settings.check();
        return read;
    }

    /** Operators of this host are known by its name in records, or by what the machine calls itself. */
    private static Policy policy(Settings settings) {
        Set<String> names = new HashSet<>(List.of(settings.hostName(), Settings.machineName()));
        return new Policy(
                Optional.of(settings.optionalText("rewind.restore.policy"))
                        .filter(file -> !file.isEmpty())
                        .map(Path::of),
                names);
    }

    private static PagesPlace pages(String folder) {
        return new PagesPlace(Optional.of(folder).filter(f -> !f.isEmpty()).map(Path::of));
    }

    private static URI address(Settings settings) {
        String text = settings.text("rewind.restore.engine");
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            settings.reject("rewind.restore.engine", "must be such as unix:///var/run/docker.sock, is " + text);
            return URI.create("unix:///var/run/docker.sock");
        }
    }
}
