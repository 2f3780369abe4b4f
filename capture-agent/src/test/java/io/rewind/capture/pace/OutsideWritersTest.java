package io.rewind.capture.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.capture.docker.Container;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutsideWritersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Mounts\": [{\"Type\": \"volume\", \"Name\": \"data\"}], \"HostConfig\": {\"IpcMode\": \"private\"}}",
                "{\"Mounts\": [{\"Type\": \"bind\", \"Source\": \"/srv\"}]}",
                "{\"Mounts\": [], \"HostConfig\": {\"IpcMode\": \"host\"}}",
                "{\"HostConfig\": {\"IpcMode\": \"container:abc\"}}",
                "{\"HostConfig\": {\"IpcMode\": \"shareable\"}}",
                "no JSON at all"
            })
    void filesAndMemoryThatOthersCanHave(String inspect) {
        assertThat(OutsideWriters.possible(container(inspect))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Mounts\": [{\"Type\": \"tmpfs\"}], \"HostConfig\": {\"IpcMode\": \"private\"}}",
                "{\"Mounts\": [], \"HostConfig\": {\"IpcMode\": \"none\"}}",
                "{\"HostConfig\": {\"IpcMode\": \"\"}}"
            })
    void whatIsItsOwn(String inspect) {
        assertThat(OutsideWriters.possible(container(inspect))).isFalse();
    }

    private static Container container(String inspect) {
        return new Container("i", "web", "m", 1, true, false, false, "s", "default", Map.of(), inspect);
    }
}
