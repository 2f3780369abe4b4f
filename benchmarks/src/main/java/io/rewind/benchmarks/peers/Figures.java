package io.rewind.benchmarks.peers;

import io.rewind.benchmarks.figure.Cell;
import io.rewind.benchmarks.figure.Spread;
import io.rewind.benchmarks.figure.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a track's takes and returns come to. What was not measured has its reason in its place. */
record Figures(Trial trial, Track track) {
    /** How short a stall the probe does not tell. */
    private static final Duration TOLD = Duration.ofMillis(5);

    /** Of the first point, or of those after it. */
    List<Duration> stalls(boolean first) {
        return takes(first).stream()
                .map(take -> trial.rounds().stall(track, take))
                .toList();
    }

    List<Duration> walls(boolean first) {
        return takes(first).stream()
                .map(take -> trial.rounds().wall(track, take))
                .toList();
    }

    List<Duration> returns(boolean first) {
        return first && track.last() == 1 ? List.of() : track.returnsTo(first ? 1 : track.last());
    }

    private List<Track.Take> takes(boolean first) {
        return track.takes().stream().filter(take -> take.point() == 1 == first).toList();
    }

    Cell stall(boolean first) {
        List<Duration> stalls = stalls(first);
        return !stalls.isEmpty() && stalls.stream().allMatch(stall -> stall.compareTo(TOLD) < 0)
                ? Cell.words("under " + TOLD.toMillis() + " ms")
                : times(stalls, notTaken());
    }

    Cell wall(boolean first) {
        return times(walls(first), notTaken());
    }

    Cell restore(boolean first) {
        return times(
                returns(first), track.noWayBack().isPresent() ? "failed, see below" : first ? "not kept" : notTaken());
    }

    Cell bytesAt(int point) {
        return track.bytesAt(point).map(Cell::bytes).orElseGet(() -> Cell.missing(notTaken()));
    }

    /** What one point more takes, on average over all after the first. */
    Cell bytesEach() {
        Optional<Long> first = track.bytesAt(1);
        return first.isEmpty() || track.last() < 2
                ? Cell.missing(notTaken())
                : Cell.bytes((track.bytesAt(track.last()).orElseThrow() - first.get()) / (track.last() - 1));
    }

    private String notTaken() {
        return track.failure().isPresent() ? "failed, see below" : "not measured";
    }

    /** Every run against every run of the other: the spread holds that of both. */
    static Cell ratio(List<Duration> ours, List<Duration> theirs) {
        List<Double> ratios = new ArrayList<>();
        for (Duration our : ours) {
            for (Duration their : theirs) {
                if (!their.isZero()) {
                    ratios.add((double) our.toNanos() / their.toNanos());
                }
            }
        }
        return ratios.isEmpty() ? Cell.missing("not measured") : Cell.of(Spread.of(ratios), Unit.RATIO);
    }

    private static Cell times(List<Duration> times, String otherwise) {
        return times.isEmpty()
                ? Cell.missing(otherwise)
                : Cell.of(Spread.of(times.stream().map(Duration::toNanos).toList()), Unit.NANOS);
    }
}
