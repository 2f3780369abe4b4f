package io.rewind.cli.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/** The engine's own command line; what was started through it is removed at the end. */
final class Docker implements AutoCloseable {
    private final List<String> started = new CopyOnWriteArrayList<>();

    /** A name of its own for a container of this test. */
    String name(String what) {
        String name = "rewind-it-" + what + "-"
                + Integer.toHexString(ThreadLocalRandom.current().nextInt(1 << 20));
        started.add(name);
        return name;
    }

    /** @param arguments of {@code docker run --detach --name NAME} */
    void start(String name, String... arguments) {
        List<String> words = new ArrayList<>(List.of("run", "--detach", "--name", name));
        words.addAll(List.of(arguments));
        run(words.toArray(String[]::new));
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
    }
}
