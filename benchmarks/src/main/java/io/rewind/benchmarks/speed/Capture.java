package io.rewind.benchmarks.speed;

import com.dynatrace.hash4j.hashing.Hashing;
import io.rewind.event.Fingerprint;
import io.rewind.event.PageDelta;
import io.rewind.event.PointHeader;
import io.rewind.event.PointKind;
import io.rewind.event.PointOpened;
import io.rewind.event.PointSealed;
import io.rewind.event.Run;
import io.rewind.event.SpaceDigest;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockDigest;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Points of one space, all of whose pages each sends, as they come from the capture topic. */
public final class Capture {
    public static final String TIMELINE = "5eed5eed5eed";

    private static final int RECORD_PAGES = 220;

    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final String timeline;
    private int points;
    private long offset;

    public Capture() {
        this(TIMELINE);
    }

    /** @param timeline its id */
    public Capture(String timeline) {
        this.timeline = timeline;
    }

    public static String point(int number) {
        return String.format("%016x", number);
    }

    public List<ConsumerRecord<byte[], byte[]>> records() {
        return records;
    }

    /** Adds the next point. @return its records */
    public List<ConsumerRecord<byte[], byte[]>> add(byte[] pages) {
        return add(pages, IntStream.range(0, pages.length / Block.SIZE).toArray());
    }

    /** Adds the next point, which sends only some of the pages. @return its records */
    public List<ConsumerRecord<byte[], byte[]>> add(byte[] pages, int[] sent) {
        int from = records.size();
        int count = pages.length / Block.SIZE;
        String point = point(points);
        put(new PointOpened(header(count, sent.length), ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8))));
        int sequence = 0;
        long checksum = 0;
        for (int first = 0; first < sent.length; first += RECORD_PAGES) {
            int some = Math.min(RECORD_PAGES, sent.length - first);
            ByteBuffer content = ByteBuffer.allocate(some * Block.SIZE);
            for (int i = first; i < first + some; i++) {
                content.put(pages, sent[i] * Block.SIZE, Block.SIZE);
            }
            List<Run> runs = runs(sent, first, first + some);
            byte[] value = put(new PageDelta(timeline, point, sequence++, "1", List.of(), runs, content.flip()));
            checksum += Hashing.xxh3_64().hashBytesToLong(value);
        }
        SpaceDigest whole = new SpaceDigest("1", (long) count, BlockDigest.EMPTY.toBytes());
        put(new PointSealed(timeline, point, sequence, checksum, List.of(whole)));
        points++;
        return List.copyOf(records.subList(from, records.size()));
    }

    private static List<Run> runs(int[] pages, int from, int to) {
        List<Run> runs = new ArrayList<>();
        for (int begin = from, at = from; at < to; at++) {
            if (at + 1 == to || pages[at + 1] != pages[at] + 1) {
                runs.add(new Run((long) pages[begin], at + 1 - begin));
                begin = at + 1;
            }
        }
        return runs;
    }

    /** Keeps no records of points so far. */
    public void forget() {
        records.clear();
    }

    private byte[] put(SpecificRecord record) {
        byte[] value = Wire.encode(record);
        records.add(new ConsumerRecord<>(Topics.CAPTURE, 0, offset++, Topics.key(timeline), value));
        return value;
    }

    private PointHeader header(int pages, int sent) {
        return PointHeader.newBuilder()
                .setTimeline(timeline)
                .setPoint(point(points))
                .setKind(points == 0 ? PointKind.FULL : PointKind.DELTA)
                .setParent(points == 0 ? null : point(points - 1))
                .setHost("nowhere")
                .setContainer(timeline)
                .setName("speed")
                .setImage("none")
                .setIncarnation(1)
                .setCaptured(Instant.ofEpochSecond(points))
                .setFrozenNanos(0)
                .setTrigger("interval")
                .setTracker("none")
                .setFingerprint(new Fingerprint("none", "none", "none", "none", ""))
                .setPages((long) pages)
                .setChangedPages((long) sent)
                .setFiles(0)
                .setChangedFiles(0)
                .setRawBytes((long) pages * Block.SIZE)
                .build();
    }
}
