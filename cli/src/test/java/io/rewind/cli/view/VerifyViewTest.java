package io.rewind.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.cli.output.Json;
import io.rewind.read.Damage;
import io.rewind.read.VerifyProgress;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyViewTest {
    private static final VerifyProgress HALF = VerifyProgress.newBuilder()
            .setPoints(0)
            .setPointsInAll(10)
            .setChunks(20)
            .setChunksInAll(30)
            .setBytes(2048)
            .build();
    private static final Damage AT_A_POINT = Damage.newBuilder()
            .setTimeline("00112233445566")
            .setPoint("0199c2f4a1b37e05")
            .setPlace("memory 17, pages 4096-4099")
            .setReason("chunk 1 is missing")
            .build();

    @Test
    void progressIsOfPointsAndChunks() {
        assertThat(VerifyView.percent(HALF)).isEqualTo(50);
        assertThat(VerifyView.percent(VerifyProgress.getDefaultInstance())).isEqualTo(100);
        assertThat(VerifyView.step(HALF)).contains("20 chunks", "2.0 KiB");
    }

    @Test
    void damageIsNamedByPointAndPlace() {
        assertThat(VerifyView.line(AT_A_POINT))
                .isEqualTo("damaged: point 0199c2f4a1b37e05 of timeline 00112233445566, memory 17, pages 4096-4099:"
                        + " chunk 1 is missing");
        assertThat(VerifyView.line(Damage.newBuilder()
                        .setPlace("the index of chunks")
                        .setReason("why")
                        .build()))
                .isEqualTo("damaged: the index of chunks: why");
    }

    @Test
    void jsonHasTheFieldsThatProgramsRelyOn() {
        assertThat(Json.read(Json.text(VerifyView.json(HALF, List.of(AT_A_POINT))))
                        .orElseThrow())
                .isEqualTo(Json.read("""
                        {"points": 0, "chunks": 20, "bytes": 2048, "damage": [
                         {"timeline": "00112233445566", "point": "0199c2f4a1b37e05",
                          "place": "memory 17, pages 4096-4099", "reason": "chunk 1 is missing"}]}""").orElseThrow());
    }
}
