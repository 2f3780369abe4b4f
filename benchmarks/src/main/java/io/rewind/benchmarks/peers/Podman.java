package io.rewind.benchmarks.peers;

import io.rewind.cli.stand.Cleanup;
import io.rewind.cli.stand.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Podman with storage of its own, so that nothing of the user's is met. */
final class Podman {
    private static final Path BRIDGE = Path.of("/sys/class/net/cni-podman0");

    private final Path folder;
    private final Tool tool;

    private Podman(Path folder, Path run) {
        this.folder = folder;
        this.tool = new Tool(
                folder,
                Map.of(),
                List.of(
                        "podman",
                        "--root",
                        folder.resolve("root").toString(),
                        "--runroot",
                        run.toString(),
                        // Neither an init system nor its journal need be there.
                        "--cgroup-manager=cgroupfs",
                        "--events-backend=file"));
    }

    /**
     * @param folder its own, made here, gone with the cleanup
     * @param run likewise; Podman refuses names of more than 50 characters here
     */
    static Podman in(Path folder, Path run, Cleanup cleanup) {
        Podman podman = new Podman(folder, run);
        boolean bridged = Files.exists(BRIDGE);
        cleanup.add(() -> podman.removeAll(!bridged));
        Program.run("mkdir", "-p", folder.toString());
        return podman;
    }

    Tool tool() {
        return tool;
    }

    Path folder() {
        return folder;
    }

    private void removeAll(boolean withBridge) {
        String podman = String.join(" ", tool.base());
        Program.run(
                "sh",
                "-c",
                podman + " rm --all --force --time 0; " + podman + " rmi --all --force; umount -l "
                        + folder.resolve("root/overlay") + "; "
                        + (withBridge ? "ip link delete " + BRIDGE.getFileName() + "; " : "")
                        + "rm -rf --one-file-system " + folder + "; true");
    }
}
