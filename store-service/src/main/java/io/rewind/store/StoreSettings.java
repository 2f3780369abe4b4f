package io.rewind.store;

import com.linecorp.armeria.common.TlsProvider;
import io.rewind.runtime.config.Settings;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.tls.Certificates;
import io.rewind.store.collect.CollectSettings;
import io.rewind.store.encryption.KeySource;
import io.rewind.store.retention.KeepPolicy;
import io.rewind.store.upkeep.UpkeepSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the store is told; see reference.conf.
 *
 * @param host name of this host in records, and where others reach it if it listens on every address
 * @param folder one database a partition goes below it
 * @param tls who the store is to those who ask it, and whom it answers; empty: whoever reaches it
 * @param cacheBytes read from disk and kept in memory, of all partitions
 * @param bufferBytes written and not yet in files, of all partitions
 * @param pendingBytes of map parts that wait for their point, of a partition
 * @param reserve free bytes of the disk that are not for records
 * @param readers calls answered at a time
 * @param keys what the store is encrypted with
 */
record StoreSettings(
        String host,
        Path folder,
        String listenHost,
        int listenPort,
        Optional<TlsProvider> tls,
        long cacheBytes,
        long bufferBytes,
        long pendingBytes,
        long reserve,
        int readers,
        UpkeepSettings upkeep,
        KeySource keys) {
    private static final long LEAST = 1 << 20;

    /** @throws io.rewind.runtime.fault.Fault CONFIG_INVALID */
    static StoreSettings of(Settings settings) {
        String listen = settings.text("rewind.store.listen");
        int colon = listen.lastIndexOf(':');
        String port = listen.substring(colon + 1);
        if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 0xFFFF) {
            settings.reject("rewind.store.listen", "must be host:port, is " + listen);
        }
        String host = settings.hostName();
        StoreSettings read = new StoreSettings(
                host,
                settings.path("rewind.data").resolve("store"),
                colon < 1 ? listen : listen.substring(0, colon),
                port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0,
                Certificates.of(settings),
                settings.bytes("rewind.store.cache", LEAST),
                settings.bytes("rewind.store.write-buffer", LEAST),
                settings.bytes("rewind.store.pending", LEAST),
                settings.bytes("rewind.store.reserve", 0),
                settings.number("rewind.store.readers", 1, 1024),
                upkeep(settings),
                keys(settings));
        settings.check();
        return read;
    }

    private static UpkeepSettings upkeep(Settings settings) {
        return new UpkeepSettings(
                keep(settings),
                settings.bytes("rewind.store.limit", 0),
                settings.duration("rewind.store.upkeep.interval"),
                settings.number("rewind.store.upkeep.waste-percent", 1, 99) / 100.0,
                new CollectSettings(
                        settings.duration("rewind.store.upkeep.grace"),
                        settings.bytes("rewind.store.upkeep.rate", LEAST),
                        settings.bytes("rewind.store.upkeep.memory", LEAST)));
    }

    private static KeepPolicy keep(Settings settings) {
        try {
            return KeepPolicy.parse(settings.text("rewind.store.keep"));
        } catch (Fault fault) {
            settings.reject("rewind.store.keep", fault.sentence());
            return KeepPolicy.ALL;
        }
    }

    private static KeySource keys(Settings settings) {
        String file = settings.optionalText("rewind.store.encryption.key-file");
        String command = settings.optionalText("rewind.store.encryption.key-command");
        if (!file.isBlank() && !command.isBlank()) {
            settings.reject("rewind.store.encryption", "say key-file or key-command, not both");
        }
        if (!file.isBlank()) {
            return new KeySource.File(Path.of(file).toAbsolutePath());
        }
        return command.isBlank() ? new KeySource.None() : new KeySource.Command(command);
    }

    InetSocketAddress listen() {
        return new InetSocketAddress(listenHost, listenPort);
    }

    /** Where others reach what listens here on {@code port}. */
    String endpoint(int port) {
        boolean everywhere = listenHost.equals("0.0.0.0") || listenHost.equals("::") || listenHost.equals("[::]");
        return (everywhere ? host : listenHost) + ":" + port;
    }

    /** Whether others than programs of this machine are answered without being asked who they are. */
    boolean isOpenToAll() {
        InetSocketAddress address = listen();
        return tls.isEmpty() && (address.isUnresolved() || !address.getAddress().isLoopbackAddress());
    }
}
