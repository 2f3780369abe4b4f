package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.PointCommitted;
import io.rewind.event.PointHeader;
import io.rewind.event.PointOpened;
import io.rewind.event.PointSealed;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.TopicReader;
import io.rewind.schemas.client.StoreDirectory;
import io.rewind.schemas.client.StreamPart;
import io.rewind.schemas.client.TimelineClient;
import io.rewind.schemas.content.BlockDigest;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.id.RequestId;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What was announced on the points topic, and whether the store holds to it. */
record Announced(Cluster cluster) {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Every announcement from the beginning of the topic on, in order. */
    List<PointCommitted> points() {
        List<PointCommitted> points = new ArrayList<>();
        for (byte[] value : all(Topics.POINTS)) {
            if (Wire.decode(value) instanceof PointCommitted point) {
                points.add(point);
            }
        }
        return points;
    }

    /** Ids of the points of a container that were announced, in order. */
    List<String> committed(String container) {
        return points().stream()
                .filter(point -> point.getHeader().getName().equals(container))
                .map(Moves::id)
                .toList();
    }

    /** Ids of the points of a container that an agent began. */
    Set<String> opened(String container) {
        return captured(PointOpened.class)
                .map(PointOpened::getHeader)
                .filter(header -> header.getName().equals(container))
                .map(PointHeader::getPoint)
                .collect(Collectors.toSet());
    }

    /** Ids of those that it finished: all of their records are on the topic. */
    Set<String> sealed(String container) {
        Set<String> opened = opened(container);
        return captured(PointSealed.class)
                .map(PointSealed::getPoint)
                .filter(opened::contains)
                .collect(Collectors.toSet());
    }

    private <T> Stream<T> captured(Class<T> kind) {
        return all(Topics.CAPTURE).stream()
                .flatMap(value -> decoded(value).stream())
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    /** Empty for what a test put there that is none of ours. */
    private static Optional<SpecificRecord> decoded(byte[] value) {
        try {
            return Optional.of(Wire.decode(value));
        } catch (Fault e) {
            return Optional.empty();
        }
    }

    /** All values that a topic holds now. */
    List<byte[]> all(String topic) {
        List<byte[]> values = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records(topic)) {
            values.add(record.value());
        }
        return values;
    }

    List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (TopicReader reader = TopicReader.fromBeginning(cluster.reader("it"), topic)) {
            while (!reader.caughtUp()) {
                reader.poll(POLL).forEach(records::add);
            }
        }
        return records;
    }

    /** I3, I4: nothing twice, and all of every announced point is there: chunks open and hold what their ids say. */
    void holds() {
        List<PointCommitted> points = points();
        assertThat(points).extracting(p -> p.getHeader().getPoint()).doesNotHaveDuplicates();
        contents(points);
    }

    /** Each point with the digests of all its streams; fails where anything is missing or damaged. */
    Map<String, Map<String, BlockDigest>> contents(List<PointCommitted> points) {
        Map<String, Map<String, BlockDigest>> contents = new LinkedHashMap<>();
        try (StoreDirectory directory = new StoreDirectory(cluster);
                TimelineClient client = new TimelineClient(directory.endpoints(LIMIT))) {
            for (PointCommitted point : points) {
                String timeline = point.getHeader().getTimeline();
                Map<String, BlockDigest> digests = new LinkedHashMap<>();
                Set<ChunkId> chunks = new HashSet<>();
                client.point(timeline, point.getHeader().getPoint()).streams(part -> {
                    digests.put(name(part), BlockDigest.read(part.change().getDigest()));
                    chunks.addAll(part.chunks());
                });
                Set<ChunkId> opened = new HashSet<>();
                client.chunks(timeline, chunks, (id, body) -> opened.add(id));
                assertThat(opened).isEqualTo(chunks);
                contents.put(point.getHeader().getPoint(), digests);
            }
        }
        return contents;
    }

    private static String name(StreamPart part) {
        return part.change().getKind() + "/" + part.change().getTree() + "/"
                + StandardCharsets.ISO_8859_1.decode(part.change().getName().duplicate());
    }

    /** How a restore ended: as often as that was said. */
    List<RestoreProgress> ends(RequestId request) {
        return all(Topics.RESTORE_RESULTS).stream()
                .map(value -> (RestoreProgress) Wire.decode(value))
                .filter(p -> p.getRequest().equals(request.text()))
                .filter(p -> p.getState() == RestoreState.RUNNING || p.getState() == RestoreState.FAILED)
                .toList();
    }
}
