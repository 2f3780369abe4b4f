package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.PointCommitted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What lies in a tmpfs of the container. */
@ExtendWith(LiveNode.class)
class TmpfsIT {
    private static final String FILL = "$| = 1; open F, '>', '/scratch/big'; print F qq($_ ) for 1..1000000; close F;"
            + " chmod 0640, '/scratch/big'; symlink 'big', '/scratch/link'; print qq(full\\n); sleep 1 while 1";
    private static final String CHANGE = "open F, '+<', '/scratch/big'; seek F, 1000, 0; print F 'X'";

    @Test
    void I7_itComesBackAndASmallChangeCostsLittle(LiveNode.Live live) {
        Moves moves = new Moves(live.session());
        try (Docker docker = new Docker()) {
            String name = docker.name("tmpfs");
            docker.start(name, "--tmpfs", "/scratch:size=32m", "rewind-test/perl", "/usr/bin/perl", "-e", FILL);
            docker.awaitLog(name, "full");
            PointCommitted first = moves.capture(name);
            String content = look(docker, name);
            docker.exec(name, "perl", "-e", CHANGE);

            PointCommitted second = moves.capture(name);

            System.out.printf("tmpfs: %d bytes, then %d%n", first.getStoredBytes(), second.getStoredBytes());
            // With gzip all but the first kilobyte would be another one, and stored again.
            assertThat(3 * second.getStoredBytes()).isLessThan(first.getStoredBytes());
            String changed = look(docker, name);
            assertThat(changed).isNotEqualTo(content);
            docker.exec(name, "sh", "-c", "rm /scratch/link; echo vandal >/scratch/big");
            moves.back(name, Moves.id(first));
            assertThat(look(docker, name)).isEqualTo(content);
            moves.back(name, Moves.id(second));
            assertThat(look(docker, name)).isEqualTo(changed);
        }
    }

    private static String look(Docker docker, String name) {
        return docker.exec(
                name, "sh", "-c", "ls -ln /scratch; md5sum /scratch/link; head -c 1005 /scratch/big | tail -c 9");
    }
}
