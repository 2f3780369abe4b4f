package io.rewind.benchmarks.peers;

import io.rewind.benchmarks.stand.BenchFault;
import io.rewind.cli.stand.Program;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The Docker engine's folders, and its own way back from process images. */
final class Engine {
    private static final Tool DOCKER = Tool.of("docker");
    /** Where engines and containerd keep what runc knows of containers, one folder a container. */
    private static final List<Path> RUNTIME_ROOTS =
            List.of(Path.of("/run/docker"), Path.of("/run/containerd"), Path.of("/run/containerd/runc"));

    private Engine() {}

    /** Of a container: a folder of images for each. */
    static Path checkpoints(EngineGuest guest) {
        String root =
                Program.run("docker", "info", "--format", "{{.DockerRootDir}}").strip();
        return Path.of(root, "containers", guest.subject().id(), "checkpoints");
    }

    /**
     * Stops the container and starts it from images. The engine takes them only from where its own checkpoints are.
     *
     * @param fill puts the images into the folder it is given, which is not there yet
     */
    static void startFrom(EngineGuest guest, String checkpoint, Consumer<Path> fill) {
        Path images = checkpoints(guest).resolve(checkpoint);
        try {
            Files.createDirectories(images.getParent());
            fill.accept(images);
            guest.kill();
            DOCKER.run("start", "--checkpoint", checkpoint, guest.subject().name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Program.run("rm", "-rf", images.toString());
        }
    }

    /** What `runc --root` has to be for this container. @throws Fault PEER_FAILED */
    static Path runtimeRoot(EngineGuest guest) {
        String id = guest.subject().id();
        for (Path root : RUNTIME_ROOTS) {
            for (Path runtime : children(root)) {
                Path namespace = runtime.resolve("moby");
                if (Files.isDirectory(namespace.resolve(id))) {
                    return namespace;
                }
                if (runtime.endsWith("moby") && Files.isDirectory(runtime.resolve(id))) {
                    return runtime;
                }
            }
        }
        throw new Fault(
                BenchFault.PEER_FAILED, Severity.REJECTED, "runc's folder of the container is not under /run/docker");
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
