package io.rewind.benchmarks.peers;

import io.rewind.cli.stand.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Who takes a point when. The order rotates from round to round; who builds on another's dump stays behind that one,
 * so that both are of one instant.
 *
 * @param groups each the one who dumps and those who build on that
 */
record Rounds(List<List<Track>> groups) {
    /** Until the probe has said what it noticed. */
    private static final Duration SAID = Duration.ofMillis(100);

    static Rounds of(List<Track> tracks) {
        List<List<Track>> groups = new ArrayList<>();
        for (Track track : tracks) {
            if (track.contender().flatMap(Contender::builtOn).isPresent()) {
                groups.getLast().add(track);
            } else {
                groups.add(new ArrayList<>(List.of(track)));
            }
        }
        return new Rounds(groups);
    }

    List<Track> tracks() {
        return groups.stream().flatMap(List::stream).toList();
    }

    /** @param round from 1 */
    List<Track> order(int round) {
        List<List<Track>> turned = new ArrayList<>(groups);
        Collections.rotate(turned, round - 1);
        List<Track> order = new ArrayList<>();
        for (List<Track> group : turned) {
            order.add(group.getFirst());
            List<Track> rest = new ArrayList<>(group.subList(1, group.size()));
            Collections.rotate(rest, round - 1);
            order.addAll(rest);
        }
        return order;
    }

    /** A point of a contender, unless it is out. */
    void take(Track track, int point) {
        if (!track.goesOn() || waitsInVain(track, point)) {
            return;
        }
        Contender contender = track.contender().orElseThrow();
        try {
            contender.guest().wake();
            contender.before(point);
            Pause.of(SAID);
            Instant from = Instant.now();
            long start = System.nanoTime();
            contender.take(point);
            Duration wall = Duration.ofNanos(System.nanoTime() - start);
            Pause.of(SAID);
            Instant to = Instant.now();
            contender.after(point);
            track.took(new Track.Take(point, from, to, wall), contender.bytes());
            contender.guest().rest();
        } catch (RuntimeException e) {
            track.failed("point " + point + ": " + e.getMessage());
        }
    }

    private boolean waitsInVain(Track track, int point) {
        Optional<Track> base = base(track);
        if (base.isPresent() && !base.get().hasTaken(point)) {
            track.failed("there are no images to keep: " + base.get().failure().orElse("none were taken"));
            return true;
        }
        return false;
    }

    /** Whose dump it keeps. */
    Optional<Track> base(Track track) {
        Optional<Contender> on = track.contender().flatMap(Contender::builtOn);
        return tracks().stream()
                .filter(t -> on.isPresent() && t.contender().equals(on))
                .findFirst();
    }

    /** Its own time and that of the dump it keeps. */
    Duration wall(Track track, Track.Take take) {
        return base(track)
                .flatMap(base -> base.takes().stream()
                        .filter(t -> t.point() == take.point())
                        .findFirst())
                .map(t -> t.wall().plus(take.wall()))
                .orElse(take.wall());
    }

    /** That of the dump it keeps, or its own. */
    Duration stall(Track track, Track.Take take) {
        return base(track)
                .flatMap(base -> base.takes().stream()
                        .filter(t -> t.point() == take.point())
                        .findFirst()
                        .map(base::stall))
                .orElseGet(() -> track.stall(take));
    }
}
