package io.rewind.capture.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DockerEngineTest {
    private static final String ID = "0123456789abcdef".repeat(4);

    @Test
    void asVersion20Says() throws IOException {
        String inspect = """
                {"Id": "%s", "Created": "2026-01-01T00:00:00Z", "Name": "/web", "Image": "sha256:abc",
                 "State": {"Status": "running", "Running": true, "Paused": false, "Pid": 4711,
                           "StartedAt": "2026-01-01T00:00:01.123456789Z"},
                 "HostConfig": {"NetworkMode": "default", "Runtime": "runc"},
                 "GraphDriver": {"Name": "overlay2", "Data": {"UpperDir": "/u"}},
                 "Config": {"Tty": true, "Labels": {"rewind.capture": "true", "rewind.timeline": "abcdefabcdef"}}}
                """.formatted(ID);
        Container container = DockerEngine.parse(inspect);
        assertThat(container)
                .isEqualTo(new Container(
                        ID,
                        "web",
                        "sha256:abc",
                        4711,
                        true,
                        false,
                        true,
                        "2026-01-01T00:00:01.123456789Z",
                        "default",
                        Map.of("rewind.capture", "true", "rewind.timeline", "abcdefabcdef"),
                        inspect));
        assertThat(container.timeline().text()).isEqualTo("abcdefabcdef");
    }

    @Test
    void asVersion28WithTheImageStoreSays() throws IOException {
        String inspect = """
                {"Id": "%s", "Name": "/a_b", "Image": "sha256:abc", "ImageManifestDescriptor": {"size": 1},
                 "State": {"Status": "exited", "Running": false, "Paused": false, "Pid": 0, "ExitCode": 137,
                           "StartedAt": "2026-01-01T00:00:01Z"},
                 "HostConfig": {"NetworkMode": "bridge"},
                 "Config": {"Tty": false, "Labels": null}}
                """.formatted(ID);
        Container container = DockerEngine.parse(inspect);
        assertThat(container.running()).isFalse();
        assertThat(container.pid()).isZero();
        assertThat(container.networkMode()).isEqualTo("bridge");
        assertThat(container.labels()).isEmpty();
        assertThat(container.timeline().text()).isEqualTo(ID);
    }

    @Test
    void I9_aLabelThatIsNoTimelineIsNotTaken() throws IOException {
        String inspect = """
                {"Id": "%s", "Name": "/x", "Config": {"Labels": {"rewind.timeline": "../../etc/passwd"}}}
                """.formatted(ID);
        assertThat(DockerEngine.parse(inspect).timeline().text()).isEqualTo(ID);
    }
}
