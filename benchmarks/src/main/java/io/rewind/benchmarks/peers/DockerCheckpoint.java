package io.rewind.benchmarks.peers;

import io.rewind.cli.stand.DiskUse;
import io.rewind.cli.stand.Program;
import java.util.Set;

/** The engine's own. Its points are independent of each other: only the newest is kept, the others are but counted. */
final class DockerCheckpoint implements Contender {
    private static final Tool DOCKER = Tool.of("docker");

    private final EngineGuest guest;
    private long bytes;
    private int newest;

    DockerCheckpoint(EngineGuest guest) {
        this.guest = guest;
    }

    @Override
    public String name() {
        return "docker checkpoint";
    }

    @Override
    public Guest guest() {
        return guest;
    }

    @Override
    public void take(int point) {
        DOCKER.run("checkpoint", "create", "--leave-running", guest.subject().name(), checkpoint(point));
    }

    @Override
    public void after(int point) {
        int before = newest;
        newest = point;
        bytes += DiskUse.of(Engine.checkpoints(guest).resolve(checkpoint(point)));
        if (before > 0) {
            Program.run(
                    "rm",
                    "-rf",
                    Engine.checkpoints(guest).resolve(checkpoint(before)).toString());
        }
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
        guest.kill();
        DOCKER.run("start", "--checkpoint", checkpoint(point), guest.subject().name());
    }

    private static String checkpoint(int point) {
        return "bench" + point;
    }
}
