package io.rewind.restore.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.Fingerprint;
import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreRequested;
import io.rewind.restore.fixture.Recipes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that name no host; "web" is on this one, "there" captured "db", and both have captured a "cache". */
class AddressingTest {
    private static final String C1 = "c1".repeat(32);
    private static final String C2 = "c2".repeat(32);
    private static final String D1 = "d1".repeat(32);

    private final List<RestoreRequested> passedOn = new ArrayList<>();
    private final Try once;

    AddressingTest(@TempDir Path folder) {
        once = new Try(folder, "rewind");
        capture(C1, "cache");
        once.points.captureOn("there", new Fingerprint("", "", "", "", ""));
        capture(D1, "db");
        capture(C2, "cache");
    }

    private void capture(String timeline, String name) {
        Recipes.images(once.points.draft())
                .commit(timeline, timeline, name, Instant.ofEpochSecond(3000), "{}".getBytes(StandardCharsets.UTF_8));
    }

    private RestoreRequested.Builder clone(String container) {
        return once.asked(RestoreMode.CLONE).setHost("").setContainer(container);
    }

    private void deliver(RestoreRequested request) {
        try (Restores here = once.service()) {
            new Addressing(once.bench(), here, passedOn::add).accept(request);
            here.close(Duration.ofMinutes(1));
        }
    }

    private List<String> codes() {
        return once.ends().stream().map(RestoreProgress::getCode).toList();
    }

    @Test
    void ofAContainerThatIsHereIsDoneHereOnceThoughDeliveredTwice() {
        deliver(clone("web").build());
        deliver(clone("web").build());

        assertThat(passedOn).isEmpty();
        assertThat(codes()).containsExactly("OK");
        assertThat(once.engine.ids()).hasSize(2);
    }

    @Test
    void ofAnothersContainerIsPassedOnUnderItsIdAndNotAnsweredHere() {
        RestoreRequested request = clone("db").build();
        deliver(request);

        assertThat(passedOn)
                .containsExactly(
                        RestoreRequested.newBuilder(request).setHost("there").build());
        assertThat(once.answers).isEmpty();
    }

    @Test
    void ofAContainerThatNobodyHasGetsOneAnswer() {
        deliver(clone("nothing").build());
        deliver(clone("nothing").build());

        assertThat(passedOn).isEmpty();
        assertThat(codes()).containsExactly("CONTAINER_UNKNOWN");
    }

    @Test
    void ofANameThatSeveralHostsHaveIsRefusedUnlessATimelineIsNamed() {
        deliver(clone("cache").build());
        assertThat(codes()).containsExactly("HOST_AMBIGUOUS");

        deliver(clone(C2).setRequest("request-2").build());
        assertThat(passedOn).extracting(RestoreRequested::getHost).containsExactly("there");
    }

    @Test
    void withAHostIsLeftToThatHost() {
        deliver(clone("web").setHost("there").build());
        deliver(clone("web").setHost("here").build());

        assertThat(passedOn).isEmpty();
        assertThat(once.answers).isEmpty();
    }
}
