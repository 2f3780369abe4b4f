package io.rewind.benchmarks.peers;

import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.subject.Subject;
import io.rewind.benchmarks.subject.Workload;
import io.rewind.cli.stand.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One subject and all who are to keep its points.
 *
 * @param guest whose points all but Podman take
 */
record Field(Bench bench, EngineGuest guest, Rounds rounds) {
    private static final Path TMPFS = Path.of("/dev/shm");

    /** @param archives whether backups of the images take part, too */
    static Field open(Bench bench, Workload workload, boolean archives) {
        EngineGuest guest = new EngineGuest(Subject.start(workload, bench.cleanup()));
        Path folder = bench.folder().resolve("peers");
        Path images = folder(bench);
        Program.run("mkdir", "-p", folder.toString());
        List<Track> tracks = new ArrayList<>();
        tracks.add(new Track(new RewindPoints(bench, guest)));
        tracks.add(new Track(new DockerCheckpoint(guest)));
        RuncCheckpoint runc = new RuncCheckpoint(guest, images);
        tracks.add(new Track(runc));
        if (archives) {
            tracks.add(new Track(new BackedUp(runc, guest, new Archive.Restic(folder.resolve("restic")))));
            tracks.add(new Track(new BackedUp(runc, guest, new Archive.Borg(folder.resolve("borg")))));
        }
        tracks.add(podman(bench, workload, folder.resolve("podman"), images.resolve("run")));
        return new Field(bench, guest, Rounds.of(tracks));
    }

    private static Path folder(Bench bench) {
        try {
            Path images = Files.createTempDirectory(TMPFS, "rewind-bench-");
            bench.cleanup().add(() -> Program.run("rm", "-rf", images.toString()));
            return images;
        } catch (IOException e) {
            throw new UncheckedIOException("images are to go to " + TMPFS, e);
        }
    }

    private static Track podman(Bench bench, Workload workload, Path folder, Path run) {
        try {
            Podman podman = Podman.in(folder, run, bench.cleanup());
            return new Track(new PodmanCheckpoint(PodmanGuest.start(podman, workload)));
        } catch (RuntimeException e) {
            return new Track(PodmanCheckpoint.NAME, String.valueOf(e.getMessage()));
        }
    }

    /** The main one first. */
    List<Guest> guests() {
        return rounds.tracks().stream()
                .filter(Track::goesOn)
                .flatMap(track -> track.contender().stream())
                .map(Contender::guest)
                .distinct()
                .toList();
    }

    void keepStalls() {
        rounds.tracks().forEach(Track::keepStalls);
    }

    /** To be called before points are brought back: restores store something, too. */
    Trial result(List<String> notes) {
        String account = rounds.tracks().stream()
                .flatMap(track -> track.contender().stream())
                .filter(RewindPoints.class::isInstance)
                .map(contender -> ((RewindPoints) contender).account())
                .findFirst()
                .orElseThrow();
        return new Trial(rounds, bench.storedOnDisk(), account, notes);
    }
}
