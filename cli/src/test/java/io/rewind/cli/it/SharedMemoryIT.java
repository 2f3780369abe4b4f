package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.PointCommitted;
import io.rewind.event.PointKind;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Memory that two processes of a container have together; see shared.pl. */
@ExtendWith(LiveNode.class)
class SharedMemoryIT {
    @Test
    void I2_itIsOfTheSameInstantAsAllElse(LiveNode.Live live) throws IOException {
        Moves moves = new Moves(live.session());
        try (Docker docker = new Docker()) {
            String name = docker.name("shared");
            docker.start(name, "rewind-test/perl", "/usr/bin/perl", "-e", Docker.resource("shared.pl"));
            docker.awaitMore(name, "/data/ticks");
            String first = Moves.id(moves.capture(name));
            docker.awaitMore(name, "/data/ticks");
            PointCommitted second = moves.capture(name);
            assertThat(second.getHeader().getKind()).isEqualTo(PointKind.DELTA);
            docker.awaitMore(name, "/data/ticks");

            moves.back(name, Moves.id(second));
            assertGoesOn(docker, name);

            String clone = docker.name("shared-clone");
            moves.clone(name, first, clone);
            assertGoesOn(docker, clone);
        }
    }

    /** Every page was found to carry the next tick, and the next is the one after the last in the file. */
    private static void assertGoesOn(Docker docker, String name) {
        docker.awaitMore(name, "/data/ticks");
        List<String> ticks = docker.exec(name, "cat", "/data/ticks").lines().toList();
        assertThat(ticks)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, ticks.size())
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(docker.exec(name, "ls", "/data")).doesNotContain("broken");
    }
}
