package io.rewind.runtime.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Typed access to one set of settings. A bad value is remembered and answered with a harmless one, so that
 * {@link #check()} can name all faults at once instead of the first.
 */
public final class Settings {
    private final Config config;
    private final Set<String> faults;

    public Settings(Config config) {
        this(config, new LinkedHashSet<>());
    }

    private Settings(Config config, Set<String> faults) {
        this.config = config;
        this.faults = faults;
    }

    /** The module's {@code reference.conf}s under what {@code overrides} says, by dotted path. */
    public static Settings of(Map<String, ?> overrides) {
        return new Settings(ConfigFactory.parseMap(overrides)
                .withFallback(ConfigFactory.load())
                .resolve());
    }

    /**
     * {@code CONFIG_FORCE_rewind_…} in the environment over {@code file} (HOCON) over the reference settings. What
     * either says below {@code rewind} and no service knows is a fault.
     *
     * @param file empty: there is none
     * @throws Fault CONFIG_INVALID when it cannot be read or is no HOCON; without the text at fault, which may be a secret
     */
    public static Settings read(Optional<Path> file) {
        try {
            Config own = ConfigFactory.systemEnvironmentOverrides()
                    .withFallback(file.map(Settings::parse).orElse(ConfigFactory.empty()));
            Config all = own.withFallback(ConfigFactory.load()).resolve();
            Settings settings = new Settings(all);
            UnknownPaths.in(own.resolveWith(all), ConfigFactory.defaultReferenceUnresolved())
                    .forEach(path -> settings.reject(path, "there is no such setting"));
            return settings;
        } catch (ConfigException.Parse e) {
            throw new Fault(
                    ConfigFault.CONFIG_INVALID,
                    Severity.FATAL,
                    e.origin().description() + ": this is no HOCON; are quotes and braces closed?");
        } catch (ConfigException e) {
            throw new Fault(ConfigFault.CONFIG_INVALID, Severity.FATAL, String.valueOf(e.getMessage()), e);
        }
    }

    private static Config parse(Path file) {
        return ConfigFactory.parseFile(
                file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
    }

    /** The same, but for one value; faults are common to both. */
    public Settings with(String path, Object value) {
        return new Settings(config.withValue(path, ConfigValueFactory.fromAnyRef(value)), faults);
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
        return machineName();
    }

    /** What the machine calls itself. */
    public static String machineName() {
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
        return valid(path, () -> config.getConfig(path), c -> true, "", ConfigFactory.empty()).entrySet().stream()
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
