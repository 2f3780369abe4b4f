package io.rewind.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rewind.cli.output.Json;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PointViewTest {
    @Test
    void jsonHasTheFieldsThatProgramsRelyOn() {
        JsonNode json = Json.read(Json.text(PointView.json(Samples.delta()))).orElseThrow();
        assertThat(json).isEqualTo(Json.read("""
                        {"point": "0199c2f4a1b37e05", "timeline": "00112233445566", "container": "web",
                         "containerId": "00112233445566", "host": "here", "time": "2026-03-01T12:31:05Z",
                         "kind": "delta", "parent": "0199c2f4a1b00001", "branch": null, "incarnation": 1, "trigger": "interval",
                         "tracker": "full-scan", "pages": 340, "changedPages": 12, "files": 3, "changedFiles": 1,
                         "frozenMillis": 84.5, "rawBytes": 65536, "storedBytes": 2048}""").orElseThrow());
    }

    @Test
    void aFullPointHasNoParent() {
        JsonNode json = Json.read(Json.text(PointView.json(Samples.full()))).orElseThrow();
        assertThat(json.path("kind").asText()).isEqualTo("full");
        assertThat(json.has("parent")).isTrue();
        assertThat(json.path("parent").isNull()).isTrue();
    }

    @Test
    void aPinIsSeen() {
        assertThat(PointView.json(Samples.delta(), true).path("pinned").asBoolean())
                .isTrue();
        assertThat(PointView.table(
                        List.of(Samples.full(), Samples.delta()), Set.of("0199c2f4a1b37e05"), ZoneOffset.UTC))
                .contains("delta, pinned");
    }

    @Test
    void theTableIsInLocalTimeAndHumanSizes() {
        String table = PointView.table(List.of(Samples.full(), Samples.delta()), ZoneId.of("Europe/Berlin"));
        assertThat(table.lines()).hasSize(3);
        assertThat(table).contains("2026-03-01 13:31:05", "64.0 KiB", "2.0 KiB", "84.5 ms", "delta");
    }
}
