package io.rewind.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RoundsTest {
    private final FakeContender rewind = new FakeContender("rewind", Optional.empty(), 0);
    private final FakeContender dump = new FakeContender("dump", Optional.empty(), 2);
    private final FakeContender one = new FakeContender("one", Optional.of(dump), 0);
    private final FakeContender two = new FakeContender("two", Optional.of(dump), 0);
    private final Rounds rounds =
            Rounds.of(List.of(new Track(rewind), new Track(dump), new Track(one), new Track(two)));

    @Test
    void theOrderRotatesAndBackupsStayBehindTheirDump() {
        assertThat(names(1)).containsExactly("rewind", "dump", "one", "two");
        assertThat(names(2)).containsExactly("dump", "two", "one", "rewind");
        assertThat(names(3)).containsExactly("rewind", "dump", "one", "two");
    }

    @Test
    void whoFailsIsOutWithTheReasonAndTheOthersGoOn() {
        for (int point = 1; point <= 2; point++) {
            for (Track track : rounds.order(point)) {
                rounds.take(track, point);
            }
        }

        assertThat(rewind.taken).containsExactly(1, 2);
        assertThat(track("dump").failure()).hasValue("point 2: full");
        assertThat(track("one").failure())
                .hasValueSatisfying(why -> assertThat(why).contains("full"));
        assertThat(one.taken).containsExactly(1);
        assertThat(track("one").bytesAt(1)).hasValue(10L);
        assertThat(track("one").bytesAt(2)).isEmpty();
    }

    @Test
    void aBackupsTimeHoldsThatOfItsDump() {
        rounds.take(track("dump"), 1);
        rounds.take(track("one"), 1);

        Track.Take backup = track("one").takes().getFirst();
        Track.Take dumped = track("dump").takes().getFirst();

        assertThat(rounds.wall(track("one"), backup)).isEqualTo(dumped.wall().plus(backup.wall()));
        assertThat(rounds.wall(track("dump"), dumped)).isEqualTo(dumped.wall());
    }

    private Track track(String name) {
        return rounds.tracks().stream()
                .filter(track -> track.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> names(int round) {
        return rounds.order(round).stream().map(Track::name).toList();
    }
}
