package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rewind.cli.client.PointChoice;
import io.rewind.cli.client.RestoreOrder;
import io.rewind.event.LazySource;
import io.rewind.event.PointCommitted;
import io.rewind.event.PortBinding;
import io.rewind.event.RestoreProgress;
import io.rewind.schemas.id.ContainerName;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LiveNode.class)
class RedisIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void goesBackInPlaceWithAClientConnectedAndOpensAsACloneBeside(LiveNode.Live live) throws Exception {
        Moves moves = new Moves(live.session());
        try (Docker docker = new Docker()) {
            String name = docker.name("redis");
            int port = freePort();
            docker.start(
                    name,
                    "--publish",
                    "127.0.0.1:" + port + ":6379",
                    "rewind-test/redis",
                    "redis-server",
                    "--save",
                    "",
                    "--bind",
                    "*",
                    "--protected-mode",
                    "no");
            try (RedisClient client = connect(port)) {
                client.ask("SET answer before");
                PointCommitted point = moves.capture(name);
                assertThat(client.ask("SET answer after"))
                        .as("a capture leaves connections alone")
                        .isEqualTo("+OK");

                RestoreProgress restored = moves.back(name, Moves.id(point));

                assertThat(docker.port(name, 6379)).isEqualTo(port);
                assertThat(get(port)).isEqualTo("before");
                assertThatThrownBy(() -> client.ask("GET answer")).isInstanceOf(IOException.class);

                set(port, "third");
                String clone = docker.name("redis-clone");
                int other = freePort();
                moves.running(new RestoreOrder(
                        new ContainerName(name),
                        PointChoice.byId(Moves.id(point)),
                        Optional.of(new ContainerName(clone)),
                        List.of(new PortBinding("127.0.0.1", other, 6379, "tcp")),
                        false,
                        "",
                        false,
                        LazySource.LOCAL));
                assertThat(get(other)).isEqualTo("before");
                assertThat(get(port)).as("the first one runs on").isEqualTo("third");

                moves.back(name, restored.getUndoPoint());
                assertThat(get(port)).as("I8: a rollback can be undone").isEqualTo("after");
            }
            behavesLikeAnyContainer(docker, name, port);
        }
    }

    private static void behavesLikeAnyContainer(Docker docker, String name, int port) throws IOException {
        Docker.run("stop", "--time", "10", name);
        assertThat(docker.inspect(name, "{{.State.Running}}")).isEqualTo("false");
        Docker.run("start", name);
        assertThat(get(port)).as("a fresh start knows nothing").isEqualTo("$-1");
        assertThat(Docker.run("logs", name)).contains("Ready to accept connections");
    }

    /** A published port takes connections before redis does. */
    private static RedisClient connect(int port) {
        return await().atMost(LIMIT)
                .ignoreExceptions()
                .until(
                        () -> {
                            RedisClient client = new RedisClient(port);
                            assertThat(client.ask("PING")).isEqualTo("+PONG");
                            return client;
                        },
                        client -> true);
    }

    private static String get(int port) throws IOException {
        try (RedisClient client = connect(port)) {
            return client.ask("GET answer");
        }
    }

    private static void set(int port, String value) throws IOException {
        try (RedisClient client = connect(port)) {
            client.ask("SET answer " + value);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
