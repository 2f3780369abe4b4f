package io.rewind.cli.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** Flags for the JVM of a node, as the build laid them down, and those that the environment adds. */
public final class NodeFlags {
    public static final String VARIABLE = "REWIND_JVM";

    private NodeFlags() {}

    public static List<String> all(Map<String, String> environment) {
        String flags = build("flags") + " " + environment.getOrDefault(VARIABLE, "");
        return Arrays.stream(flags.split(" ")).filter(flag -> !flag.isBlank()).toList();
    }

    /** The version that was built. */
    public static String version() {
        return build("version");
    }

    private static String build(String key) {
        try (InputStream in = Objects.requireNonNull(NodeFlags.class.getResourceAsStream("build.properties"))) {
            Properties p = new Properties();
            p.load(in);
            return p.getProperty(key, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
