package io.rewind.cli.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;

/** The engine's own command line; what was started through it is removed at the end. */
final class Docker implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final List<String> started = new CopyOnWriteArrayList<>();

    /** A name of its own for a container, a volume or a network of this test. */
    String name(String what) {
        String name = "rewind-it-" + what + "-"
                + Integer.toHexString(ThreadLocalRandom.current().nextInt(1 << 20));
        started.add(name);
        return name;
    }

    /** A network of its own. */
    String network(String what, String subnet) {
        String name = name(what);
        run("network", "create", "--subnet", subnet, name);
        return name;
    }

    /** @param arguments of {@code docker run --detach --name NAME} */
    void start(String name, String... arguments) {
        List<String> words = new ArrayList<>(List.of("run", "--detach", "--name", name));
        words.addAll(List.of(arguments));
        run(words.toArray(String[]::new));
    }

    /** A program that counts in memory, in /ticks and in {@code file}; see ticks.pl. */
    void startCounting(String name, String file, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of(options));
        words.addAll(List.of("rewind-test/perl", "/usr/bin/perl", "-e", resource("ticks.pl"), "/ticks", file));
        start(name, words.toArray(String[]::new));
        awaitMore(name, file);
    }

    static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Docker.class.getResourceAsStream("/io/rewind/cli/it/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The last line of a file, a number; -1 while there is none. */
    long last(String name, String file) {
        String line = exec(name, "sh", "-c", "tail -n 1 " + file + " 2>/dev/null || true");
        return line.isEmpty() ? -1 : Long.parseLong(line);
    }

    /** Waits until some more numbers are in the file; the last one then. */
    long awaitMore(String name, String file) {
        long before = last(name, file);
        Awaitility.await().atMost(LIMIT).until(() -> last(name, file) > before + 5);
        return last(name, file);
    }

    void awaitLog(String name, String text) {
        Awaitility.await().atMost(LIMIT).until(() -> run("logs", name).contains(text));
    }

    String exec(String name, String... command) {
        List<String> words = new ArrayList<>(List.of("exec", name));
        words.addAll(List.of(command));
        return run(words.toArray(String[]::new));
    }

    /** @throws IllegalStateException with what it said, unless it ends with 0 */
    static String run(String... arguments) {
        List<String> words = new ArrayList<>(List.of("docker"));
        words.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IllegalStateException(String.join(" ", words) + " ended with " + exit + ": " + said);
            }
            return said.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String inspect(String name, String format) {
        return run("inspect", "--format", format, name);
    }

    int port(String name, int port) {
        String mapping =
                run("port", name, Integer.toString(port)).lines().findFirst().orElseThrow();
        return Integer.parseInt(mapping.substring(mapping.lastIndexOf(':') + 1));
    }

    @Override
    public void close() {
        for (String container : started) {
            try {
                run("rm", "--force", "--volumes", container);
            } catch (IllegalStateException gone) {
                // Never started, or removed by the test itself.
            }
        }
        for (String kind : List.of("volume", "network")) {
            for (String name : started) {
                try {
                    run(kind, "rm", name);
                } catch (IllegalStateException e) {
                    // Not the name of one.
                }
            }
        }
    }
}
