package io.rewind.benchmarks.peers;

import io.rewind.cli.stand.DiskUse;
import io.rewind.cli.stand.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * runc asked directly, images into memory: the quickest dump there is without Rewind. Its points are independent: only
 * the newest is kept, the others are but counted.
 */
final class RuncCheckpoint implements Contender {
    // No tcp-close: the engine could not be told so at the restore, and no client is connected at a dump.
    private static final String CRIU = "network-lock skip\nghost-limit 268435456\n";

    private final EngineGuest guest;
    private final Path folder;
    private long bytes;
    private int newest;
    private Tool runc = Tool.of("runc");
    private String id = "";

    /** @param folder on a tmpfs, its own */
    RuncCheckpoint(EngineGuest guest, Path folder) {
        this.guest = guest;
        this.folder = folder;
    }

    @Override
    public String name() {
        return "runc checkpoint, tmpfs";
    }

    @Override
    public Guest guest() {
        return guest;
    }

    /** Of the newest point. */
    Path images() {
        return folder.resolve("images");
    }

    @Override
    public void before(int point) {
        Path conf = folder.resolve("criu.conf");
        try {
            Program.run("rm", "-rf", images().toString());
            Files.createDirectories(images());
            Files.createDirectories(folder.resolve("work"));
            Files.writeString(conf, CRIU);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String root = Engine.runtimeRoot(guest).toString();
        runc = new Tool(folder, Map.of("CRIU_CONFIG_FILE", conf.toString()), List.of("runc", "--root", root));
        id = guest.subject().id();
    }

    @Override
    public void take(int point) {
        runc.run(
                "checkpoint",
                "--leave-running",
                "--image-path",
                images().toString(),
                "--work-path",
                folder.resolve("work").toString(),
                id);
    }

    @Override
    public void after(int point) {
        newest = point;
        bytes += DiskUse.of(images());
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
        Engine.startFrom(guest, "runc" + point, to -> Program.run("cp", "-a", images().toString(), to.toString()));
    }
}
