package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two processes of a container that talk over TCP; see talk.pl. */
@ExtendWith(LiveNode.class)
class ConnectionsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static String talk(Docker docker, String what, String... options) throws IOException {
        String name = docker.name(what);
        String[] words = new String[options.length + 4];
        System.arraycopy(options, 0, words, 0, options.length);
        System.arraycopy(
                new String[] {"rewind-test/perl", "/usr/bin/perl", "-e", Docker.resource("talk.pl")},
                0,
                words,
                options.length,
                4);
        docker.start(name, words);
        docker.awaitMore(name, "/heard");
        return name;
    }

    @Test
    void thoseThatAreToBeKeptGoOnInPlaceAndAreClosedInAClone(LiveNode.Live live) throws IOException {
        Moves moves = new Moves(live.session());
        try (Docker docker = new Docker()) {
            String name = talk(docker, "connected", "--label", "rewind.connections=keep");
            String point = Moves.id(moves.capture(name));
            docker.exec(name, "sh", "-c", ": >/later");

            moves.back(name, point);
            docker.awaitMore(name, "/heard");
            assertThat(docker.exec(name, "ls", "/")).doesNotContain("later").doesNotContain("closed");

            String clone = docker.name("connected-clone");
            moves.clone(name, point, clone);
            awaitClosed(docker, clone);
        }
    }

    @Test
    void othersAreClosed(LiveNode.Live live) throws IOException {
        Moves moves = new Moves(live.session());
        try (Docker docker = new Docker()) {
            String name = talk(docker, "unconnected");
            String point = Moves.id(moves.capture(name));
            docker.awaitMore(name, "/heard");

            moves.back(name, point);

            awaitClosed(docker, name);
        }
    }

    private static void awaitClosed(Docker docker, String name) {
        await().atMost(LIMIT)
                .until(() -> docker.exec(name, "ls", "/").lines().toList().contains("closed"));
    }
}
