package io.rewind.capture.stand;

import static org.awaitility.Awaitility.await;

import io.rewind.capture.docker.Container;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A shell that counts, in memory first and then at the end of the file /count. */
public final class Counter {
    public static final String SCRIPT =
            "t=0; while :; do t=$((t+1)); m=\"tick=$t;\"; echo $t >> /count; sleep 0.01; done";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Counter() {}

    /** How far it has counted. Read through the process, so without the agent's own idea of where files are. */
    public static long count(Container container) throws IOException {
        Path file = root(container).resolve("count");
        return Files.exists(file) ? lastLine(Files.readAllBytes(file)) : 0;
    }

    public static void awaitCount(Container container, long above) {
        await().atMost(PATIENCE).until(() -> count(container) > above);
    }

    public static void awaitFile(Container container, String file) {
        await().atMost(PATIENCE).until(() -> Files.exists(root(container).resolve(file)));
    }

    /** The number in the last line of what it has written. */
    public static long lastLine(byte[] content) {
        String[] lines = new String(content, StandardCharsets.ISO_8859_1).split("\n");
        String last = lines[lines.length - 1];
        return last.isEmpty() ? 0 : Long.parseLong(last);
    }

    private static Path root(Container container) {
        return Path.of("/proc", Integer.toString(container.pid()), "root");
    }
}
