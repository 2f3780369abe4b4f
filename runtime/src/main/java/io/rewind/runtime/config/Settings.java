package io.rewind.runtime.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Typed access to one set of settings. A bad value is remembered and answered with a harmless one, so that
 * {@link #check()} can name all faults at once instead of the first.
 */
public final class Settings {
    private final Config config;
    private final List<String> faults = new ArrayList<>();

    public Settings(Config config) {
        this.config = config;
    }

    /** The module's {@code reference.conf}s under what {@code overrides} says, by dotted path. */
    public static Settings of(Map<String, ?> overrides) {
        return new Settings(ConfigFactory.parseMap(overrides)
                .withFallback(ConfigFactory.load())
                .resolve());
    }

    /** {@code file} (HOCON) over the reference settings; {@code CONFIG_FORCE_rewind_…} in the environment over both. */
    public static Settings read(Path file) {
        return new Settings(ConfigFactory.systemEnvironmentOverrides()
                .withFallback(ConfigFactory.parseFile(file.toFile()))
                .withFallback(ConfigFactory.load())
                .resolve());
    }

    public String text(String path) {
        return valid(path, () -> config.getString(path), t -> !t.isBlank(), "must not be empty", "x");
    }

    /** Like {@link #text} but may be empty. */
    public String optionalText(String path) {
        return valid(path, () -> config.getString(path), t -> true, "", "");
    }

    /** Name of this host in records: {@code rewind.host}, or what the machine calls itself. Alike for every service. */
    public String hostName() {
        String configured = optionalText("rewind.host");
        if (!configured.isBlank()) {
            return configured;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    public int number(String path, int least, int most) {
        return valid(
                path,
                () -> config.getInt(path),
                n -> n >= least && n <= most,
                "must be from " + least + " to " + most,
                least);
    }

    public long bytes(String path, long least) {
        return valid(path, () -> config.getBytes(path), n -> n >= least, "must be at least " + least + " bytes", least);
    }

    public Duration duration(String path) {
        return valid(
                path,
                () -> config.getDuration(path),
                d -> d.isPositive(),
                "must be a positive time such as 5s",
                Duration.ofSeconds(1));
    }

    public boolean flag(String path) {
        return valid(path, () -> config.getBoolean(path), b -> true, "", false);
    }

    public Path path(String path) {
        return Path.of(text(path)).toAbsolutePath();
    }

    /** Every entry below {@code path} as text, by its key. */
    public Map<String, Object> entries(String path) {
        return config.getConfig(path).entrySet().stream()
                .collect(Collectors.toMap(
                        e -> e.getKey().replace("\"", ""), e -> e.getValue().unwrapped()));
    }

    /** Remembers a fault that only the caller can see. */
    public void reject(String path, String sentence) {
        faults.add(path + ": " + sentence);
    }

    /** @throws Fault CONFIG_INVALID naming every bad setting read so far. */
    public void check() {
        if (!faults.isEmpty()) {
            throw new Fault(ConfigFault.CONFIG_INVALID, Severity.FATAL, String.join("; ", faults));
        }
    }

    private <T> T valid(String path, Supplier<T> read, Predicate<T> good, String rule, T harmless) {
        try {
            T value = read.get();
            if (good.test(value)) {
                return value;
            }
            faults.add(path + ": " + rule + ", is " + value);
        } catch (ConfigException e) {
            faults.add(path + ": " + e.getMessage());
        }
        return harmless;
    }
}
