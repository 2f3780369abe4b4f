package io.rewind.store.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.store.retention.FairShare.Holding;
import io.rewind.store.retention.FairShare.Leaving;
import io.rewind.store.retention.FairShare.Sized;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FairShareTest {
    private static final TimelineId LOUD = new TimelineId("aaaaaaaaaaaa");
    private static final TimelineId QUIET = new TimelineId("bbbbbbbbbbbb");

    private static PointId point(int number) {
        return new PointId(String.format("%016x", number));
    }

    private static Holding holding(TimelineId timeline, int points, long each) {
        List<Sized> free = IntStream.range(0, points - 1)
                .mapToObj(i -> new Sized(point(i), each))
                .toList();
        return new Holding(timeline, points * each, free);
    }

    @Test
    void theOneThatTakesMostGivesItsOldest() {
        assertThat(FairShare.choose(List.of(holding(LOUD, 10, 100), holding(QUIET, 3, 100)), 250))
                .containsExactly(new Leaving(LOUD, point(0)), new Leaving(LOUD, point(1)), new Leaving(LOUD, point(2)));
    }

    @Test
    void onceTheyTakeTheSameBothGive() {
        List<Leaving> leaving = FairShare.choose(List.of(holding(LOUD, 6, 100), holding(QUIET, 3, 100)), 700);
        assertThat(leaving).filteredOn(one -> one.timeline().equals(QUIET)).hasSize(2);
        assertThat(leaving).filteredOn(one -> one.timeline().equals(LOUD)).hasSize(5);
    }

    @Test
    void whatMayNotGoStays() {
        assertThat(FairShare.choose(List.of(holding(LOUD, 1, 1000)), 500)).isEmpty();
        assertThat(FairShare.choose(List.of(holding(LOUD, 4, 10)), 1_000_000)).hasSize(3);
    }
}
