package io.rewind.cli.output;

import io.rewind.runtime.config.Settings;
import java.util.List;

/** How a process that runs on logs. */
public final class LogSetup {
    private static final String FORMAT = "rewind.logging.format";
    private static final String LEVEL = "rewind.logging.level";

    private LogSetup() {}

    /**
     * To be called before the first logger of the process is made: the configuration is read once.
     *
     * @param configuration resource of logback's; a launcher's own choice stands
     */
    public static void apply(String configuration, Settings settings) {
        hand(settings, FORMAT, List.of("text", "json"));
        hand(settings, LEVEL, List.of("debug", "info", "warn", "error"));
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", configuration);
        }
    }

    /** Logback reads system properties, not settings. */
    private static void hand(Settings settings, String path, List<String> known) {
        String text = settings.text(path);
        if (known.contains(text)) {
            System.setProperty(path, text);
        } else {
            settings.reject(path, "must be " + String.join(" or ", known) + ", is " + text);
        }
    }
}
