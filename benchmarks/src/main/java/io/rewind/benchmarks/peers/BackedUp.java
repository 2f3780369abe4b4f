package io.rewind.benchmarks.peers;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The images that runc dumped, put into a backup: every point can be had back from there. */
final class BackedUp implements Contender {
    private final RuncCheckpoint dump;
    private final EngineGuest guest;
    private final Archive archive;
    private final TreeSet<Integer> taken = new TreeSet<>();

    BackedUp(RuncCheckpoint dump, EngineGuest guest, Archive archive) {
        this.dump = dump;
        this.guest = guest;
        this.archive = archive;
    }

    @Override
    public String name() {
        return archive.name();
    }

    @Override
    public Guest guest() {
        return guest;
    }

    @Override
    public Optional<Contender> builtOn() {
        return Optional.of(dump);
    }

    @Override
    public void before(int point) {
        if (taken.isEmpty()) {
            archive.create();
        }
    }

    @Override
    public void take(int point) {
        archive.put(label(point), dump.images());
        taken.add(point);
    }

    @Override
    public long bytes() {
        return archive.bytes();
    }

    @Override
    public Set<Integer> restorable() {
        return taken;
    }

    @Override
    public void restore(int point) {
        Engine.startFrom(guest, "backup" + point, to -> archive.get(label(point), dump.images(), to));
    }

    private static String label(int point) {
        return "point" + point;
    }
}
