package io.rewind.benchmarks.content;

import io.rewind.event.PointHeader;
import io.rewind.event.PointKind;
import io.rewind.event.PointOpened;
import io.rewind.event.PointSealed;
import io.rewind.schemas.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A point as the agent sent it. */
record RecordedPoint(PointHeader header, List<ConsumerRecord<byte[], byte[]>> records) {

    boolean isFull() {
        return header.getKind() == PointKind.FULL;
    }

    /** Those of one timeline that were sealed. */
    static List<RecordedPoint> split(List<ConsumerRecord<byte[], byte[]>> records) {
        List<RecordedPoint> points = new ArrayList<>();
        List<ConsumerRecord<byte[], byte[]>> current = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            switch (Wire.decode(record.value())) {
                case PointOpened _ -> {
                    current.clear();
                    current.add(record);
                }
                case PointSealed _ -> {
                    current.add(record);
                    if (Wire.decode(current.getFirst().value()) instanceof PointOpened opened) {
                        points.add(new RecordedPoint(opened.getHeader(), List.copyOf(current)));
                    }
                    current.clear();
                }
                default -> current.add(record);
            }
        }
        return points;
    }
}
