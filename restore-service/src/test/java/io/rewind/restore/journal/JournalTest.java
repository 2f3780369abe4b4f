package io.rewind.restore.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.PointLatest;
import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreRequested;
import io.rewind.schemas.id.RequestId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
    private static final Target TARGET =
            new Target(Target.Way.REPLACED, "web", "c".repeat(64), true, "a".repeat(64), "0123456789abcdef");

    @TempDir
    Path root;

    private JournalFolder folder() {
        return new JournalFolder(root, Duration.ofDays(8));
    }

    private static RestoreRequested request() {
        return RestoreRequested.newBuilder()
                .setRequest("request-1")
                .setAt(Instant.parse("2026-03-01T10:00:00Z"))
                .setRequestedBy("somebody")
                .setContainer("web")
                .setPoint(new PointLatest(true))
                .setMode(RestoreMode.IN_PLACE)
                .setHost("")
                .setNewName("")
                .setPorts(List.of())
                .build();
    }

    private Journal begun() {
        return folder().begin(request()).orElseThrow();
    }

    static Stream<Step> steps() {
        return Stream.of(
                new Step.Accepted(),
                new Step.Preparing(TARGET),
                new Step.Switching(TARGET, ""),
                new Step.Starting(TARGET, "fedcba9876543210"),
                new Step.Arriving(TARGET, "", "d".repeat(64)),
                new Step.Undoing(TARGET, "", "RESTORE_FAILED", "a \"sentence\"\nof ünknown form"),
                new Step.Ended(List.of(), true, "AAAA"),
                new Step.Ended(List.of(TARGET), false, ""));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void everyStepComesBack(Step step) {
        begun().advance(step);

        List<Journal> found = folder().unfinished();

        assertThat(found).singleElement().satisfies(journal -> {
            assertThat(journal.step()).isEqualTo(step);
            assertThat(journal.request()).isEqualTo(request());
        });
        assertThat(folder().damaged()).isEmpty();
    }

    @Test
    void I4_aRequestBeginsOnce() {
        Journal journal = begun();
        assertThat(folder().begin(request())).isEmpty();

        folder().finish(journal, false);

        assertThat(folder().begin(request())).isEmpty();
        assertThat(folder().unfinished()).isEmpty();
        assertThat(journal.folder()).doesNotExist();
    }

    @Test
    void aFinishedRequestIsForgottenInTheEnd() {
        folder().finish(begun(), false);

        folder().sweep(Instant.now().plus(Duration.ofDays(7)));
        assertThat(folder().begin(request())).isEmpty();
        folder().sweep(Instant.now().plus(Duration.ofDays(9)));

        assertThat(folder().begin(request())).isPresent();
    }

    @Test
    void whatWasWrittenHalfDoesNotCount() throws IOException {
        Journal journal = begun();
        journal.advance(new Step.Preparing(TARGET));
        Files.writeString(journal.folder().resolve("journal.json.new"), "{\"requ");

        assertThat(folder().unfinished()).extracting(Journal::step).containsExactly(new Step.Preparing(TARGET));
    }

    @Test
    void anAnswerThatIsOutIsNotGivenAgain() throws IOException {
        Journal journal = begun();
        Files.writeString(root.resolve(".finished/request-1"), "");

        assertThat(folder().unfinished()).isEmpty();
        assertThat(journal.folder()).doesNotExist();
    }

    @Test
    void filesOfTheLastFailureAreKept() throws IOException {
        Journal journal = begun();
        Files.writeString(journal.folder().resolve("clue"), "here");

        folder().finish(journal, true);

        assertThat(root.resolve(".failed/clue")).hasContent("here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{\"request\":\"!\",\"state\":{\"step\":\"accepted\"}}",
                "{\"request\":\"\",\"state\":{\"step\":\"accepted\"}}",
                "{\"request\":REQUEST,\"state\":null}",
                "{\"request\":REQUEST,\"state\":{\"step\":\"dancing\"}}",
                "{\"request\":REQUEST,\"state\":{\"step\":\"switching\"}}",
                "{\"request\":REQUEST,\"state\":{\"step\":\"preparing\",\"target\":null}}",
                "{\"request\":REQUEST,\"state\":{\"step\":\"preparing\",\"target\":{}}}",
                "{\"request\":REQUEST,\"state\":{\"step\":\"ended\",\"done\":null,\"failed\":true,\"result\":\"\"}}"
            })
    void damageIsSaidAndNothingElse(String content) throws IOException {
        Path file = begun().folder().resolve(Journal.FILE);
        String request = Files.readString(file).replaceFirst(".*\"request\":(\"[^\"]*\").*", "$1");
        Files.writeString(file, content.replace("REQUEST", request));

        assertThat(folder().unfinished()).isEmpty();
        assertThat(folder().damaged()).containsExactly(new RequestId("request-1"));
    }

    @Test
    void cutAnywhereItIsDamaged() throws IOException {
        Journal journal = begun();
        journal.advance(new Step.Undoing(TARGET, "", "CODE", "why"));
        Path file = journal.folder().resolve(Journal.FILE);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(folder().unfinished()).as("cut at %d", length).isEmpty();
            assertThat(folder().damaged()).hasSize(1);
        }
    }

    @Test
    void aJournalInAnothersFolderIsNotFollowed() throws IOException {
        Path file = begun().folder().resolve(Journal.FILE);
        Path other = Files.createDirectories(root.resolve("request-2"));
        Files.copy(file, other.resolve(Journal.FILE));

        assertThat(folder().unfinished()).hasSize(1);
        assertThat(folder().damaged()).containsExactly(new RequestId("request-2"));
    }
}
