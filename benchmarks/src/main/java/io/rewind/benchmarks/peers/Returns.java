package io.rewind.benchmarks.peers;

import io.rewind.benchmarks.stand.BenchFault;
import io.rewind.cli.stand.Pause;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/**
 * Brings points back, each contender its newest, and where it still has it the first.
 *
 * @param proof that the container is what it was
 * @param notes what else happened goes here
 */
record Returns(Rounds rounds, Proof proof, List<String> notes) {
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    /** How a trial knows its container again. */
    interface Proof {
        /** Makes it something else than it was at any point. */
        void spoil(Guest guest);

        /** Returns when it serves again; the request's time goes on until then. */
        void awaitService(Guest guest, Instant request);

        /** What is wrong, or nothing. */
        String wrongAt(Guest guest, int point, Instant request);

        /** Returns when it is fit for the next contender, from its command. */
        void revive(Guest guest);
    }

    void run(int times) {
        for (int i = 1; i <= times; i++) {
            for (Track track : rounds.order(i)) {
                if (track.last() > 0 && track.noWayBack().isEmpty()) {
                    all(track);
                }
            }
        }
    }

    private void all(Track track) {
        Contender contender = track.contender().orElseThrow();
        TreeSet<Integer> points = new TreeSet<>(List.of(track.last()));
        if (contender.restorable().contains(1)) {
            points.add(1);
        }
        for (int point : points.descendingSet()) {
            try {
                contender.guest().wake();
                track.returned(one(contender, point));
                contender.guest().rest();
            } catch (RuntimeException e) {
                track.foundNoWayBack("back to point " + point + ": " + e.getMessage());
                notes.add("after the restore by " + track.name()
                        + " failed, the container was started anew from its command");
                proof.revive(contender.guest());
                return;
            }
        }
    }

    private Track.Return one(Contender contender, int point) {
        Guest guest = contender.guest();
        proof.spoil(guest);
        Pause.of(BETWEEN);
        Instant request = Instant.now();
        long start = System.nanoTime();
        contender.restore(point);
        proof.awaitService(guest, request);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        String wrong = proof.wrongAt(guest, point, request);
        if (!wrong.isEmpty()) {
            throw new Fault(BenchFault.PEER_FAILED, Severity.REJECTED, wrong);
        }
        return new Track.Return(point, took);
    }
}
