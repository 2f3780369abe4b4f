package io.rewind.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RestoreViewTest {
    @Test
    void jsonHasTheFieldsThatProgramsRelyOn() {
        JsonNode json = RestoreView.json(Samples.running());
        assertThat(json.path("state").asText()).isEqualTo("RUNNING");
        assertThat(json.path("code").asText()).isEqualTo("OK");
        assertThat(json.path("message").asText()).isEqualTo("running");
        assertThat(json.path("point").asText()).isEqualTo("0199c2f4a1b37e05");
        assertThat(json.path("undoPoint").asText()).isEqualTo("0199c2f4a1b4ffff");
        assertThat(json.path("container").asText()).isEqualTo("web");
        assertThat(json.path("requestMillis").asLong()).isEqualTo(840);
        assertThat(json.path("runningMillis").asLong()).isEqualTo(310);
        assertThat(json.path("memoryMillis").asLong()).isEqualTo(-1);
    }

    @Test
    void theSentenceSaysWhatIsMissingAndHowToUndo() {
        assertThat(RestoreView.done(Samples.running(), "web"))
                .contains("memory is on its way")
                .contains("rewind restore web --point 0199c2f4a1b4ffff");
    }

    @Test
    void whoWaitedLearnsWhenAllMemoryWasThere() {
        RestoreProgress whole = RestoreProgress.newBuilder(Samples.running())
                .setMemoryMillis(950)
                .build();
        assertThat(RestoreView.done(whole, "web")).contains("all of its memory was there after 950.0 ms");
    }

    @ParameterizedTest
    @EnumSource(RestoreState.class)
    void everyStateHasItsWords(RestoreState state) {
        RestoreProgress news =
                RestoreProgress.newBuilder(Samples.running()).setState(state).build();
        assertThat(RestoreView.step(news)).isNotBlank();
        assertThat(RestoreView.percent(news)).isBetween(0, 100);
    }
}
