package io.rewind.capture.stand;

import io.rewind.capture.docker.Container;
import io.rewind.capture.docker.DockerEngine;
import io.rewind.capture.freeze.Criu;
import io.rewind.capture.freeze.CriuFreezer;
import io.rewind.capture.freeze.SparedPages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The engine, CRIU, a scratch folder, and an image made of nothing but a static busybox. Takes away what it made,
 * containers included.
 */
public final class Stand implements AutoCloseable {
    /** Perl can make any system call. */
    public static final String PERL = "rewind-test/perl";

    private static final String PREFIX = "capture-tests-";
    private static final AtomicInteger STANDS = new AtomicInteger();

    private final String suffix = "-" + ProcessHandle.current().pid() + "-" + STANDS.incrementAndGet();
    private final String image = PREFIX + "busybox" + suffix;
    private final List<String> containers = new ArrayList<>();
    private final DockerEngine engine = new DockerEngine();
    private final Criu criu = new Criu("criu");
    private final Path scratch;
    private final Optional<SparedPages> spared;

    public Stand() {
        try {
            scratch = Files.createTempDirectory(PREFIX);
            makeImage(scratch.resolve("image"));
            spared = SparedPages.of(criu, scratch.resolve("criu"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void makeImage(Path folder) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("root/bin"));
        String busybox = System.getenv().getOrDefault("REWIND_BUSYBOX", "/bin/busybox");
        Files.copy(Path.of(busybox), bin.resolve("busybox"));
        for (String applet : List.of("sh", "sleep", "cat", "rm", "mkdir", "echo")) {
            Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
        }
        Path tar = folder.resolve("root.tar");
        run("tar", "-C", folder.resolve("root").toString(), "-cf", tar.toString(), ".");
        docker("import", tar.toString(), image);
    }

    public DockerEngine engine() {
        return engine;
    }

    public Criu criu() {
        return criu;
    }

    /** Empty where CRIU goes through all pages. */
    public Optional<SparedPages> spared() {
        return spared;
    }

    /** A folder of its own for images and the like. */
    public Path scratch() {
        return scratch;
    }

    public CriuFreezer freezer() {
        return new CriuFreezer(criu, spared, scratch);
    }

    /** Runs the shell script as the first process. */
    public Container start(String name, List<String> options, String script) {
        return start(name, options, image, "/bin/sh", "-c", script);
    }

    /** Runs what the image is for, or the command. */
    public Container start(String name, List<String> options, String ofImage, String... program) {
        String full = PREFIX + name + suffix;
        List<String> command = new ArrayList<>(List.of("run", "-d", "--name", full));
        command.addAll(options);
        command.add(ofImage);
        command.addAll(List.of(program));
        containers.add(full);
        docker(command.toArray(String[]::new));
        return engine.inspect(full).orElseThrow();
    }

    /** @return what it printed */
    public String docker(String... arguments) {
        return run(Stream.concat(Stream.of("docker"), Stream.of(arguments)).toArray(String[]::new));
    }

    private static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        for (String container : containers) {
            docker("rm", "-f", container);
        }
        docker("rmi", "-f", image);
        criu.close();
        engine.close();
        try (Stream<Path> all = Files.walk(scratch)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
