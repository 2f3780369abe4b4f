package io.rewind.benchmarks.peers;

import io.rewind.cli.stand.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Into an archive with zstd. Its points are independent: only the newest is kept, the others are but counted. */
final class PodmanCheckpoint implements Contender {
    static final String NAME = "podman --export, zstd";

    private final PodmanGuest guest;
    private long bytes;
    private int newest;

    PodmanCheckpoint(PodmanGuest guest) {
        this.guest = guest;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Guest guest() {
        return guest;
    }

    @Override
    public void take(int point) {
        guest.podman()
                .tool()
                .run(
                        "container",
                        "checkpoint",
                        "--leave-running",
                        "--compress=zstd",
                        "--export",
                        archive(point).toString(),
                        guest.name());
    }

    @Override
    public void after(int point) {
        try {
            bytes += Files.size(archive(point));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Program.run("rm", "-f", archive(newest).toString());
        newest = point;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public Set<Integer> restorable() {
        return Set.of(newest);
    }

    @Override
    public void restore(int point) {
        Tool podman = guest.podman().tool();
        podman.run("rm", "--force", "--time", "0", guest.name());
        podman.run("container", "restore", "--import", archive(point).toString());
    }

    private Path archive(int point) {
        return guest.podman().folder().resolve("point" + point + ".tar.zst");
    }
}
