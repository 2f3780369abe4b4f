package io.rewind.benchmarks.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.store.database.Database;
import io.rewind.store.timeline.Timelines;
import org.junit.jupiter.api.Test;

/** What is measured works: or else it would be measured how fast points are rejected. */
class StoreStandTest {
    @Test
    void everyPointIsTaken() throws Exception {
        try (StoreStand stand = StoreStand.withPoints();
                Database database = stand.open()) {
            stand.ingest(database);
            for (int point = 0; point < StoreStand.POINTS; point++) {
                assertThat(new Timelines(database)
                                .committed(new TimelineId(Capture.TIMELINE), new PointId(Capture.point(point))))
                        .as("point %d", point)
                        .isPresent();
            }
        }
    }
}
