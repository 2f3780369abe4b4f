package io.rewind.restore.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rewind.event.PortBinding;
import io.rewind.restore.code.RestoreCode;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.RequestId;
import io.rewind.schemas.id.TimelineId;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From what engines 20.10 and 28 say of a container to what they are asked to create. */
class CreatedTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TimelineId TIMELINE = new TimelineId("0123456789ab");
    private static final RequestId REQUEST = new RequestId("request-1");
    private static final String OLD = "20.10";
    private static final String NEW = "28";

    private static ObjectNode inspected(String engine) {
        try (InputStream in =
                Objects.requireNonNull(CreatedTest.class.getResourceAsStream("inspect-" + engine + ".json"))) {
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Created replacement(String engine) {
        return Replacement.of(inspected(engine), true, TIMELINE, REQUEST);
    }

    private static Created copy(String engine, PortBinding... ports) {
        return Clone.of(inspected(engine), List.of(ports), REQUEST, "front"::equals, Set.of());
    }

    private static JsonNode at(Created created, String pointer) {
        return created.body().at(pointer);
    }

    private static void same(Created created, String engine, String... fields) {
        for (String field : fields) {
            assertThat(at(created, "/" + field))
                    .as(field)
                    .isEqualTo(inspected(engine).at("/Config/" + field));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void aReplacementIsConfiguredAsTheOriginal(String engine) {
        Created created = replacement(engine);

        same(created, engine, "Env", "Cmd", "Entrypoint", "Image", "User", "WorkingDir", "Hostname", "ExposedPorts");
        same(created, engine, "StopSignal", "MacAddress", "Volumes");
        for (String field :
                List.of("PortBindings", "RestartPolicy", "AutoRemove", "Memory", "LogConfig", "NetworkMode")) {
            assertThat(at(created, "/HostConfig/" + field))
                    .as(field)
                    .isEqualTo(inspected(engine).at("/HostConfig/" + field));
        }
        assertThat(at(created, "/HostConfig/Runtime").asText()).isEqualTo("rewind");
        assertThat(at(created, "/HostConfig/ContainerIDFile").asText()).isEmpty();
        assertThat(at(created, "/Labels/owner").asText()).isEqualTo("ops");
        assertThat(at(created, "/Labels/rewind.timeline").asText()).isEqualTo(TIMELINE.text());
        assertThat(at(created, "/Labels/rewind.request").asText()).isEqualTo(REQUEST.text());
        assertThat(created.leftOut()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void aReplacementKeepsAddressesAndAliases(String engine) {
        Created created = replacement(engine);
        JsonNode primary = at(created, "/NetworkingConfig/EndpointsConfig");

        assertThat(primary.properties()).as("older engines take one").hasSize(1);
        assertThat(primary.at("/front/IPAMConfig/IPv4Address").asText()).isEqualTo("10.9.0.7");
        assertThat(primary.at("/front/Aliases").toString()).isEqualTo("[\"api\"]");
        assertThat(primary.at("/front/IPAddress").isMissingNode())
                .as("the engine's own")
                .isTrue();
        assertThat(created.furtherNetworks()).containsOnlyKeys("back");
        assertThat(created.furtherNetworks().get("back")).isEqualTo(JSON.createObjectNode());
    }

    @Test
    void aReplacementKeepsTheGatewaysPriority() {
        assertThat(at(replacement(NEW), "/NetworkingConfig/EndpointsConfig/front/GwPriority")
                        .asInt())
                .isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void aReplacementMountsTheSameVolumesOnce(String engine) {
        Created created = replacement(engine);
        List<String> binds = at(created, "/HostConfig/Binds")
                .valueStream()
                .map(JsonNode::asText)
                .toList();

        assertThat(binds)
                .containsExactly("data:/data", "/srv/conf:/conf:ro", "/srv/shared:/shared", "ffffeeeeddddcccc:/anon");
        assertThat(at(created, "/HostConfig/VolumesFrom").isNull()).isTrue();
        assertThat(at(created, "/HostConfig/Mounts"))
                .isEqualTo(inspected(engine).at("/HostConfig/Mounts"));
    }

    @Test
    void aTagThatMovedIsNotFollowed() {
        Created created = Replacement.of(inspected(OLD), false, TIMELINE, REQUEST);

        assertThat(at(created, "/Image")).isEqualTo(inspected(OLD).path("Image"));
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void aCloneSharesNoIdentity(String engine) {
        Created created = copy(engine);

        same(created, engine, "Env", "Cmd", "Entrypoint", "User", "WorkingDir");
        assertThat(at(created, "/Image")).isEqualTo(inspected(engine).path("Image"));
        for (String gone : List.of("/MacAddress", "/Hostname", "/NetworkingConfig", "/Labels/rewind.timeline")) {
            assertThat(at(created, gone).isMissingNode()).as(gone).isTrue();
        }
        assertThat(at(created, "/Labels/owner").asText()).isEqualTo("ops");
        assertThat(at(created, "/HostConfig/NetworkMode").asText()).isEqualTo("front");
        assertThat(at(created, "/HostConfig/PortBindings").isEmpty()).isTrue();
        assertThat(at(created, "/HostConfig/AutoRemove").asBoolean(true)).isFalse();
        assertThat(at(created, "/HostConfig/Runtime").asText()).isEqualTo("rewind");
        assertThat(created.furtherNetworks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void aCloneSharesNoMountAndSaysSo(String engine) {
        Created created = copy(engine);

        assertThat(at(created, "/HostConfig/Binds").isEmpty()).isTrue();
        assertThat(at(created, "/Volumes").has("/data")).isTrue();
        assertThat(at(created, "/Volumes").has("/anon")).isTrue();
        assertThat(at(created, "/HostConfig/Mounts").findValuesAsText("Type")).doesNotContain("volume", "bind");
        assertThat(created.leftOut()).anyMatch(c -> c.contains("/data")).anyMatch(c -> c.contains("/shared"));
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void whatThePointHasOfMountsBecomesVolumesOfTheClone(String engine) {
        Created created =
                Clone.of(inspected(engine), List.of(), REQUEST, "front"::equals, Set.of("", "/data", "/conf"));

        assertThat(at(created, "/HostConfig/Binds").isEmpty()).isTrue();
        assertThat(at(created, "/Volumes").has("/data")).isTrue();
        assertThat(at(created, "/Volumes").has("/conf")).isTrue();
        assertThat(at(created, "/Volumes").has("/shared")).isFalse();
        assertThat(created.leftOut()).noneMatch(c -> c.contains("/data")).noneMatch(c -> c.contains("/conf"));
    }

    @Test
    void I9_aStoredDescriptionGetsNoPowerOverTheHost() {
        ObjectNode spec = inspected(OLD);
        ObjectNode host = (ObjectNode) spec.get("HostConfig");
        host.put("Privileged", true)
                .put("PidMode", "host")
                .put("IpcMode", "container:abc")
                .put("CgroupParent", "/x");
        host.putArray("CapAdd").add("SYS_ADMIN");
        host.putArray("SecurityOpt").add("seccomp=unconfined");
        host.putArray("Devices").addObject().put("PathOnHost", "/dev/sda").put("PathInContainer", "/dev/sda");
        host.putArray("MaskedPaths");
        host.putArray("Binds").add("/etc:/mnt:ro");
        spec.putArray("Mounts")
                .addObject()
                .put("Type", "bind")
                .put("Source", "/etc")
                .put("Destination", "/mnt")
                .put("RW", false);

        Created created = Clone.of(spec, List.of(), REQUEST, n -> true, Set.of());

        JsonNode made = at(created, "/HostConfig");
        assertThat(made.path("Privileged").asBoolean(true)).isFalse();
        for (String field :
                List.of("PidMode", "IpcMode", "CgroupParent", "CapAdd", "SecurityOpt", "Devices", "MaskedPaths")) {
            assertThat(made.has(field)).as(field).isFalse();
        }
        assertThat(made.path("Binds").isEmpty()).isTrue();
        assertThat(created.leftOut())
                .anyMatch(c -> c.contains("privileged"))
                .anyMatch(c -> c.contains("CapAdd"))
                .anyMatch(c -> c.contains("/mnt"));
    }

    @Test
    void aHostNameThatSomebodyChoseStays() {
        ObjectNode spec = inspected(OLD);
        ((ObjectNode) spec.get("Config")).put("Hostname", "frontend");

        assertThat(at(Clone.of(spec, List.of(), REQUEST, n -> true, Set.of()), "/Hostname")
                        .asText())
                .isEqualTo("frontend");
    }

    @Test
    void aCloneWhoseNetworkIsGoneGetsTheDefaultOne() {
        Created created = Clone.of(inspected(OLD), List.of(), REQUEST, name -> false, Set.of());

        assertThat(at(created, "/HostConfig/NetworkMode").asText()).isEqualTo("default");
        assertThat(created.leftOut()).anyMatch(clause -> clause.contains("front"));
    }

    @Test
    void aClonePublishesOnlyWhatIsAskedFor() {
        Created created = copy(OLD, new PortBinding("127.0.0.1", 9090, 80, "tcp"), new PortBinding("", 0, 53, "udp"));

        assertThat(at(created, "/HostConfig/PortBindings").toString())
                .isEqualTo("{\"80/tcp\":[{\"HostIp\":\"127.0.0.1\",\"HostPort\":\"9090\"}],"
                        + "\"53/udp\":[{\"HostIp\":\"\",\"HostPort\":\"\"}]}");
        assertThat(at(created, "/ExposedPorts").has("53/udp")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"-1, 80, tcp", "65536, 80, tcp", "80, 0, tcp", "80, 65536, tcp", "80, 80, icmp"})
    void aPortThatCannotBePublished(int host, int container, String protocol) {
        Fault fault =
                catchThrowableOfType(Fault.class, () -> copy(OLD, new PortBinding("", host, container, protocol)));

        assertThat(fault.code()).isEqualTo(RestoreCode.PORT_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "container:elder"})
    void aForeignNetworkCannotBeCloned(String mode) {
        ObjectNode spec = inspected(OLD);
        ((ObjectNode) spec.get("HostConfig")).put("NetworkMode", mode);

        assertThat(catchThrowableOfType(Fault.class, () -> Clone.of(spec, List.of(), REQUEST, n -> true, Set.of()))
                        .code())
                .isEqualTo(RestoreCode.MODE_UNSUPPORTED);
        assertThat(at(Replacement.of(spec, true, TIMELINE, REQUEST), "/Hostname")
                        .isMissingNode())
                .as("the engine refuses it beside that network")
                .isTrue();
    }
}
