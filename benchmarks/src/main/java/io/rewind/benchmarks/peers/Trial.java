package io.rewind.benchmarks.peers;

import java.util.List;

/**
 * What came of one subject.
 *
 * @param storeOnDisk Rewind's whole store, in bytes
 * @param account what Rewind's points were
 * @param notes what else happened
 */
record Trial(Rounds rounds, long storeOnDisk, String account, List<String> notes) {

    List<Track> tracks() {
        return rounds.tracks();
    }

    /** Most points that anyone reached. */
    int points() {
        return tracks().stream().mapToInt(Track::last).max().orElse(0);
    }
}
