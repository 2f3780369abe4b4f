package io.rewind.capture.point;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The docker command, and one image made of nothing but a static busybox. Removes what it made. */
public final class DockerCli {
    private static final String PREFIX = "capture-tests-";

    private final String image = PREFIX + "busybox-" + ProcessHandle.current().pid();
    private final List<String> containers = new ArrayList<>();

    /** @param scratch an empty folder */
    public DockerCli(Path scratch) throws IOException, InterruptedException {
        Path bin = Files.createDirectories(scratch.resolve("root/bin"));
        String busybox = System.getenv().getOrDefault("REWIND_BUSYBOX", "/bin/busybox");
        Files.copy(Path.of(busybox), bin.resolve("busybox"));
        for (String applet : List.of("sh", "sleep", "cat", "rm", "mkdir", "echo")) {
            Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
        }
        Path tar = scratch.resolve("root.tar");
        run("tar", "-C", scratch.resolve("root").toString(), "-cf", tar.toString(), ".");
        docker("import", tar.toString(), image);
    }

    /** Runs the shell script as the first process; the name is returned. */
    public String start(String name, List<String> options, String script) throws IOException, InterruptedException {
        return start(name, options, image, "/bin/sh", "-c", script);
    }

    /** Runs what the image is for, or the command. */
    public String start(String name, List<String> options, String ofImage, String... program)
            throws IOException, InterruptedException {
        String full = PREFIX + name + "-" + ProcessHandle.current().pid();
        List<String> command = new ArrayList<>(List.of("run", "-d", "--name", full));
        command.addAll(options);
        command.add(ofImage);
        command.addAll(List.of(program));
        containers.add(full);
        docker(command.toArray(String[]::new));
        return full;
    }

    public String docker(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + printed);
        }
        return printed;
    }

    public void removeAll() throws IOException, InterruptedException {
        for (String container : containers) {
            docker("rm", "-f", container);
        }
        docker("rmi", "-f", image);
    }
}
