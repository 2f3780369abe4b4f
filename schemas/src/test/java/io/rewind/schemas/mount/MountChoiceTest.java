package io.rewind.schemas.mount;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountChoiceTest {
    private static final String INSPECTED = """
            {"Config": {"Labels": {}}, "Mounts": [
              {"Type": "volume", "Name": "data", "Source": "/v/data/_data", "Destination": "/data", "RW": true},
              {"Type": "volume", "Name": "f00d", "Source": "/v/f00d/_data", "Destination": "/anonymous"},
              {"Type": "bind", "Source": "/srv/conf", "Destination": "/conf", "RW": false},
              {"Type": "bind", "Source": "/srv/data", "Destination": "/shared"},
              {"Type": "tmpfs", "Source": "", "Destination": "/scratch"}]}
            """;

    @Test
    void withoutLabelsAllVolumesAndNothingOfTheHost() throws IOException {
        assertThat(chosen(Map.of())).containsExactly("/data", "/anonymous");
    }

    @ParameterizedTest
    @CsvSource({
        "on, off, /data /anonymous",
        "off, off, ''",
        "'', '', ''",
        "data, off, /data",
        "'/anonymous, data', off, /data /anonymous",
        "dat, off, ''",
        "off, on, /conf /shared",
        "off, /shared, /shared",
        "off, '/srv/data', ''",
        "/conf, off, ''"
    })
    void labelsSayWhatIsTaken(String volumes, String binds, String expected) throws IOException {
        assertThat(String.join(" ", chosen(Map.of(MountChoice.VOLUMES, volumes, MountChoice.BINDS, binds))))
                .isEqualTo(expected);
    }

    private static List<String> chosen(Map<String, String> labels) throws IOException {
        ObjectNode inspected = (ObjectNode) new ObjectMapper().readTree(INSPECTED);
        labels.forEach(((ObjectNode) inspected.at("/Config/Labels"))::put);
        return MountChoice.of(inspected).stream().map(Mounted::destination).toList();
    }
}
