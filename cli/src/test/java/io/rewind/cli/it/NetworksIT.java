package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.cli.client.PointChoice;
import io.rewind.cli.client.RestoreOrder;
import io.rewind.cli.client.Session;
import io.rewind.event.PointCommitted;
import io.rewind.schemas.id.ContainerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers by the networks that they are in, put back in place and as clones. */
@ExtendWith(LiveNode.class)
class NetworksIT {
    private static final String FILE = "/count";
    private static final String SUBNET = "10.213.97.0/24";
    private static final String ADDRESS = "10.213.97.77";

    /** As `docker compose` makes them: the labels, a network of the project, the service's name as an alias. */
    @ParameterizedTest(name = "runtime {0}")
    @ValueSource(strings = {"rewind", "runc"})
    void aServiceOfAComposeProjectKeepsItsPlaceInIt(String runtime, LiveNode.Live live) throws IOException {
        try (Docker docker = new Docker()) {
            String network = docker.network("shop", SUBNET);
            String web = docker.name("web");
            docker.startCounting(
                    web,
                    FILE,
                    "--runtime=" + runtime,
                    "--network=" + network,
                    "--ip=" + ADDRESS,
                    "--network-alias=web",
                    "--hostname=web-1",
                    "--restart=unless-stopped",
                    "--memory=256m",
                    "--label=com.docker.compose.project=shop",
                    "--label=com.docker.compose.service=web");
            String other = docker.name("other");
            docker.startCounting(other, FILE, "--network=" + network);
            assertThat(addressSeenBy(docker, other)).isEqualTo(ADDRESS);
            List<String> before = settings(docker, web, network);

            assertGoesBack(docker, live, web);

            assertThat(settings(docker, web, network)).isEqualTo(before);
            assertThat(addressSeenBy(docker, other)).isEqualTo(ADDRESS);
        }
    }

    private static String addressSeenBy(Docker docker, String other) {
        return docker.exec(other, "perl", "-MSocket", "-e", "print inet_ntoa(inet_aton('web') // die 'unknown')");
    }

    private static List<String> settings(Docker docker, String name, String network) {
        String label = "{{index .Config.Labels \"com.docker.compose.%s\"}} ";
        return List.of(
                docker.inspect(name, label.formatted("project") + label.formatted("service")),
                docker.inspect(name, "{{.Config.Hostname}} {{.HostConfig.Memory}} {{.HostConfig.RestartPolicy.Name}}"),
                docker.inspect(name, "{{(index .NetworkSettings.Networks \"" + network + "\").IPAddress}}"));
    }

    @ParameterizedTest(name = "runtime {0}")
    @ValueSource(strings = {"rewind", "runc"})
    void oneInTheHostsNetworkStaysThere(String runtime, LiveNode.Live live) throws IOException {
        try (Docker docker = new Docker()) {
            String name = docker.name("host");
            docker.startCounting(name, FILE, "--runtime=" + runtime, "--network=host");

            assertGoesBack(docker, live, name);

            assertThat(network(docker, name)).isEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/net")));
        }
    }

    @ParameterizedTest(name = "runtime {0}")
    @ValueSource(strings = {"rewind", "runc"})
    void oneInTheNetworkOfAnotherStaysThere(String runtime, LiveNode.Live live) throws IOException {
        try (Docker docker = new Docker()) {
            String owner = docker.name("owner");
            docker.startCounting(owner, FILE);
            String name = docker.name("guest");
            docker.startCounting(name, FILE, "--runtime=" + runtime, "--network=container:" + owner);

            assertGoesBack(docker, live, name);

            assertThat(network(docker, name)).isEqualTo(network(docker, owner));
        }
    }

    private static Path network(Docker docker, String name) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc", docker.inspect(name, "{{.State.Pid}}"), "ns/net"));
    }

    private static void assertGoesBack(Docker docker, LiveNode.Live live, String name) {
        Moves moves = new Moves(live.session());
        PointCommitted point = moves.capture(name);
        docker.exec(name, "touch", "/since");
        moves.back(name, Moves.id(point));
        assertGoesOn(docker, name);
    }

    private static void assertGoesOn(Docker docker, String name) {
        docker.awaitMore(name, FILE);
        assertThat(docker.exec(name, "ls", "/")).doesNotContain("since").doesNotContain("broken");
    }

    @Test
    void severalClonesOfOnePointAreMadeAtOnce(LiveNode.Live live) throws IOException {
        Moves moves = new Moves(live.session());
        try (Docker docker = new Docker()) {
            String name = docker.name("many");
            docker.startCounting(name, FILE);
            PointCommitted point = moves.capture(name);
            docker.exec(name, "touch", "/since");
            List<CompletableFuture<Void>> all = new ArrayList<>();
            List<String> clones = List.of(docker.name("one"), docker.name("two"), docker.name("three"));
            for (String clone : clones) {
                RestoreOrder order = RestoreOrder.clone(
                        new ContainerName(name), PointChoice.byId(Moves.id(point)), new ContainerName(clone));
                all.add(CompletableFuture.runAsync(() -> {
                    try (Session session = new Session(live.node().file().bootstrap())) {
                        new Moves(session).running(order);
                    }
                }));
            }
            all.forEach(CompletableFuture::join);
            clones.forEach(clone -> assertGoesOn(docker, clone));
            docker.awaitMore(name, FILE);
        }
    }
}
