package io.rewind.restore.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.engine.Inspected;
import io.rewind.restore.fixture.FakeEngine;
import io.rewind.restore.fixture.FakePoints;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectsTest {
    @TempDir
    Path folder;

    private final FakePoints points = new FakePoints();

    private FakeEngine engine() {
        return new FakeEngine(folder);
    }

    private static Subject find(FakeEngine engine, FakePoints points, String text) {
        return new Subjects(engine, points).find(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "/web", "../etc", "-rm", "a b", "web\n"})
    void whatIsNoNameIsRejectedBeforeTheEngineIsAsked(String text) {
        FakeEngine engine = engine();

        Fault fault = catchThrowableOfType(Fault.class, () -> find(engine, points, text));

        assertThat(fault.severity()).isEqualTo(Severity.REJECTED);
        assertThat(engine.asked()).isEmpty();
    }

    @Test
    void nothingOfThatName() {
        Fault fault = catchThrowableOfType(Fault.class, () -> find(engine(), points, "web"));

        assertThat(fault.code()).isEqualTo(RestoreCode.CONTAINER_UNKNOWN);
        assertThat(fault.sentence()).contains("web").endsWith(".");
    }

    @Test
    void aContainerThatWasNeverCaptured() {
        FakeEngine engine = engine();
        engine.have("web", "rewind", true);

        Fault fault = catchThrowableOfType(Fault.class, () -> find(engine, points, "web"));

        assertThat(fault.code()).isEqualTo(RestoreCode.TIMELINE_UNKNOWN);
    }

    @Test
    void byNameIdAndTimeline() {
        FakeEngine engine = engine();
        String id = engine.have("web", "rewind", true);
        captured(id, id, "web");

        for (String text : new String[] {"web", id}) {
            Subject subject = find(engine, points, text);
            assertThat(subject.timeline().text()).isEqualTo(id);
            assertThat(subject.container().map(Inspected::id)).contains(id);
        }
    }

    @Test
    void aContainerThatIsGoneIsFoundByItsTimeline() {
        String gone = "c".repeat(64);
        captured(gone, gone, "web");

        Subject subject = find(engine(), points, "web");

        assertThat(subject.timeline().text()).isEqualTo(gone);
        assertThat(subject.container()).isEmpty();
    }

    @Test
    void anotherContainerUnderTheOldNameIsNotTaken() {
        FakeEngine engine = engine();
        engine.have("web", "rewind", true);
        String gone = "c".repeat(64);
        captured(gone, gone, "web");

        assertThat(find(engine, points, gone).container()).isEmpty();
    }

    @Test
    void I9_storedNamesAreNotAskedOfTheEngineUnlessTheyAreNames() {
        FakeEngine engine = engine();
        String timeline = "c".repeat(64);
        captured(timeline, "../containers", "/etc");

        assertThat(find(engine, points, timeline).container()).isEmpty();
        assertThat(engine.asked()).containsExactly(timeline);
    }

    private void captured(String timeline, String container, String name) {
        points.draft().commit(timeline, container, name, Instant.parse("2026-03-01T10:00:00Z"), new byte[0]);
    }
}
