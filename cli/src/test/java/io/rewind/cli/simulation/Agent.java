package io.rewind.cli.simulation;

import io.rewind.capture.CaptureFault;
import io.rewind.capture.point.CapturedPoint;
import io.rewind.capture.point.ImageContent;
import io.rewind.capture.point.SpaceDelta;
import io.rewind.capture.publish.Gaps;
import io.rewind.capture.publish.PointPublisher;
import io.rewind.capture.staging.Staging;
import io.rewind.event.CaptureGap;
import io.rewind.event.Fingerprint;
import io.rewind.event.PointHeader;
import io.rewind.event.PointKind;
import io.rewind.event.Rebase;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.FaultCode;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What captures one container: the loop of the real agent without its threads, the real publisher. */
final class Agent {
    private static final int NOW_AND_THEN = 15;

    private final Broker broker;
    private final Chance chance;
    private final Oracle oracle;
    private final String timeline;
    private final Staging staging;
    private final Path image;
    private final Walk container;
    private final Fuse fuse = new Fuse();
    private Life life;
    private String last = "";

    /** What dies with the process. */
    private static final class Life {
        final PointPublisher points;
        final Gaps gaps;
        int heard;
        Optional<String> parent = Optional.empty();
        Seen seen = Seen.NOTHING;

        /** @param heard what is on the control topic before it does not concern it */
        Life(EventPublisher publisher, int heard) {
            this.points = new PointPublisher(publisher);
            this.gaps = new Gaps(publisher);
            this.heard = heard;
        }

        /** The next point is full. */
        void forget() {
            parent = Optional.empty();
            seen = Seen.NOTHING;
        }
    }

    /** @param folder for the image file of the point being published */
    Agent(Broker broker, Chance chance, Oracle oracle, String timeline, Staging staging, Path folder) {
        this.broker = broker;
        this.chance = chance;
        this.oracle = oracle;
        this.timeline = timeline;
        this.staging = staging;
        this.image = folder.resolve("core-1.img");
        this.container = new Walk(chance);
        this.life = start();
    }

    private Life start() {
        return new Life(
                new EventPublisher(new Sender(broker, chance, fuse)),
                broker.all(Topics.CONTROL).size());
    }

    Fuse fuse() {
        return fuse;
    }

    String timeline() {
        return timeline;
    }

    /** The point captured last. */
    String last() {
        return last;
    }

    /** Its memory, and with it the gaps it has not said yet, are gone. */
    void restart() {
        fuse.putOut();
        oracle.agentDied(timeline);
        life = start();
    }

    /** One interval. */
    void tick(int messages) {
        broker.pass(1 + chance.below(2000));
        hear(messages);
        container.goOn();
        Instant due = Instant.ofEpochMilli(broker.now());
        if (chance.mishap(NOW_AND_THEN)) {
            oracle.due(timeline, due, "");
            missed(due, CaptureFault.INTERNAL);
        } else {
            capture(due);
        }
        life.gaps.send();
    }

    private void hear(int messages) {
        List<ConsumerRecord<byte[], byte[]>> control = broker.all(Topics.CONTROL);
        for (int i = 0; i < messages && life.heard < control.size(); i++, life.heard++) {
            if (Wire.decode(control.get(life.heard).value()) instanceof Rebase rebase
                    && rebase.getTimeline().equals(timeline)) {
                life.forget();
            }
        }
    }

    private void capture(Instant due) {
        last = HexFormat.of().toHexDigits(due.toEpochMilli(), 12)
                + HexFormat.of().toHexDigits(chance.below(1 << 16), 4);
        oracle.due(timeline, due, last);
        oracle.isTrue(last, container.state());
        List<SpaceDelta> spaces = life.seen.spacesTo(container, staging);
        try {
            Files.write(image, container.image());
            life.points.publish(new CapturedPoint(
                    header(due, spaces),
                    "{}",
                    "",
                    spaces,
                    new TreeMap<>(Map.of("", life.seen.treeTo(container, staging, due.toEpochMilli()))),
                    List.of(ImageContent.of(image)),
                    staging));
            life.parent = Optional.of(last);
            life.seen = Seen.of(spaces, container);
        } catch (Fault fault) {
            missed(due, fault.code());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void missed(Instant due, FaultCode code) {
        life.forget();
        life.gaps.add(new CaptureGap(timeline, "host", timeline, "sim", due, "interval", code.name(), "missed", ""));
    }

    private PointHeader header(Instant captured, List<SpaceDelta> spaces) {
        return PointHeader.newBuilder()
                .setTimeline(timeline)
                .setPoint(new PointId(last).text())
                .setKind(life.parent.isPresent() ? PointKind.DELTA : PointKind.FULL)
                .setParent(life.parent.orElse(null))
                .setHost("host")
                .setContainer(timeline)
                .setName("sim")
                .setImage("sim")
                .setIncarnation(1)
                .setCaptured(captured)
                .setFrozenNanos(1)
                .setTrigger("interval")
                .setTracker("full-scan")
                .setFingerprint(new Fingerprint("", "", "", "", ""))
                .setPages(
                        spaces.stream().mapToLong(space -> space.after().size()).sum())
                .setChangedPages(0)
                .setFiles(container.files().size())
                .setChangedFiles(0)
                .setRawBytes(0)
                .build();
    }
}
