package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.cli.client.Feed;
import io.rewind.cli.client.Session;
import io.rewind.event.DeadLetter;
import io.rewind.event.PointAt;
import io.rewind.event.PointById;
import io.rewind.event.PointLatest;
import io.rewind.event.Rebase;
import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreRequested;
import io.rewind.event.RestoreState;
import io.rewind.schemas.id.RequestId;
import io.rewind.schemas.topic.EventPublisher;
import io.rewind.schemas.topic.Topics;
import io.rewind.schemas.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** I11, and requests that cannot be: one code, one sentence, nothing touched. */
@ExtendWith(LiveNode.class)
class BadInputIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> CONSUMED =
            List.of(Topics.CAPTURE, Topics.CHUNKS, Topics.RESTORE_REQUESTS, Topics.CONTROL);

    @Test
    void I11_recordsThatCannotBeReadGoToTheDeadLettersAndEverythingGoesOn(LiveNode.Live live) {
        try (Docker docker = new Docker();
                Producer<byte[], byte[]> producer = live.session().cluster().producer("it", 1 << 20);
                Feed letters = live.session().follow(Topics.DEADLETTER)) {
            EventPublisher publisher = new EventPublisher(producer);
            byte[] cut = Wire.encode(new Rebase("0123456789ab", "cut", now()));
            for (String topic : CONSUMED) {
                publisher.sendEncoded(topic, "x", "not ours at all".getBytes(StandardCharsets.UTF_8));
                publisher.sendEncoded(topic, "x", Arrays.copyOf(cut, 12));
            }
            // Read by whoever likes; nobody of ours may stumble over what others put there.
            for (String topic : List.of(Topics.POINTS, Topics.RESTORE_RESULTS, Topics.DEADLETTER)) {
                publisher.sendEncoded(topic, "x", "not ours at all".getBytes(StandardCharsets.UTF_8));
            }
            // Well-formed, but of a kind that has no place there.
            for (String topic : List.of(Topics.CAPTURE, Topics.CHUNKS, Topics.RESTORE_REQUESTS)) {
                publisher.send(topic, "x", new Rebase("0123456789ab", "misplaced", now()));
            }
            publisher.flush();

            Set<String> seen = new HashSet<>();
            await().atMost(LIMIT).untilAsserted(() -> {
                for (SpecificRecord record : letters.next()) {
                    DeadLetter letter = (DeadLetter) record;
                    seen.add(letter.getTopic() + " " + letter.getCode());
                }
                for (String topic : CONSUMED) {
                    assertThat(seen).contains(topic + " FOREIGN_RECORD", topic + " DAMAGED_RECORD");
                }
                assertThat(seen)
                        .contains(
                                Topics.CAPTURE + " UNEXPECTED_RECORD",
                                Topics.CHUNKS + " UNEXPECTED_RECORD",
                                Topics.RESTORE_REQUESTS + " UNEXPECTED_RECORD");
            });
            String name = docker.name("after-noise");
            docker.start(name, "rewind-test/perl", "/bin/sleep", "1000");
            Moves moves = new Moves(live.session());
            String point = Moves.id(moves.capture(name));
            assertThat(moves.back(name, point).getUndoPoint())
                    .as("after the noise a point goes the whole way, and back")
                    .isNotEmpty();
        }
    }

    @Test
    void requestsThatCannotBeAreAnsweredAndTouchNothing(LiveNode.Live live) {
        try (Docker docker = new Docker()) {
            String name = docker.name("untouched");
            docker.start(name, "rewind-test/perl", "/bin/sleep", "1000");
            String pid = docker.inspect(name, "{{.State.Pid}}");
            String point = Moves.id(new Moves(live.session()).capture(name));

            refused(live, "no-such-container", new PointLatest(true), RestoreMode.IN_PLACE, "", "CONTAINER_UNKNOWN");
            refused(live, "a/b", new PointLatest(true), RestoreMode.IN_PLACE, "", "ID_INVALID");
            refused(live, name, new PointById("../../etc/passwd"), RestoreMode.IN_PLACE, "", "ID_INVALID");
            refused(live, name, new PointById("0123456789abcdef"), RestoreMode.IN_PLACE, "", "POINT_UNKNOWN");
            refused(
                    live,
                    name,
                    new PointAt(now().plus(1, ChronoUnit.HOURS)),
                    RestoreMode.IN_PLACE,
                    "",
                    "INSTANT_IN_FUTURE");
            refused(live, name, new PointById(point), RestoreMode.CLONE, "a/b", "ID_INVALID");
            refused(live, name, new PointById(point), RestoreMode.CLONE, name, "NAME_TAKEN");

            assertThat(docker.inspect(name, "{{.State.Pid}}")).isEqualTo(pid);
        }
    }

    private static void refused(
            LiveNode.Live live, String container, Object point, RestoreMode mode, String newName, String code) {
        RequestId id = RequestId.random();
        try (Producer<byte[], byte[]> producer = live.session().cluster().producer("it", 1 << 20);
                Feed results = live.session().follow(Topics.RESTORE_RESULTS)) {
            EventPublisher publisher = new EventPublisher(producer);
            publisher.send(
                    Topics.RESTORE_REQUESTS,
                    id.text(),
                    RestoreRequested.newBuilder()
                            .setRequest(id.text())
                            .setAt(now())
                            .setRequestedBy(Session.requester())
                            .setContainer(container)
                            .setPoint(point)
                            .setMode(mode)
                            .setHost("")
                            .setNewName(newName)
                            .setPorts(List.of())
                            .build());
            publisher.flush();
            RestoreProgress last = last(
                    results,
                    p -> p.getRequest().equals(id.text())
                            && (p.getState() == RestoreState.FAILED || p.getState() == RestoreState.RUNNING));
            assertThat(last.getState()).isEqualTo(RestoreState.FAILED);
            assertThat(last.getCode()).as(last.getMessage()).isEqualTo(code);
            assertThat(last.getMessage()).isNotBlank().doesNotContain("\n").doesNotContain("Exception");
        }
    }

    private static RestoreProgress last(Feed results, Predicate<RestoreProgress> wanted) {
        return await().atMost(LIMIT)
                .until(
                        () -> results.next().stream()
                                .filter(RestoreProgress.class::isInstance)
                                .map(RestoreProgress.class::cast)
                                .filter(wanted)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
