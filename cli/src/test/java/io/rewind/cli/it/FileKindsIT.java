package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.PointCommitted;
import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.FileHandle;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every kind of entry there is, in a volume and in what a container changed of its image. */
@ExtendWith(LiveNode.class)
class FileKindsIT {
    /** CAP_NET_BIND_SERVICE. */
    private static final byte[] CAPABILITY = HexFormat.of().parseHex("0100000200040000000000000000000000000000");
    /** "User 1001 may read". */
    private static final byte[] ACL = HexFormat.of()
            .parseHex("0200000001000600ffffffff02000400e903000004000400ffffffff10000400ffffffff20000400ffffffff");
    /** Whiteouts, a directory that hides the image's, one renamed, and files that are open although deleted. */
    private static final String CHANGES =
            "rm /bin/tar; rm -r /usr/share/doc; mkdir /usr/share/doc; echo new >/usr/share/doc/f;"
                    + " mkdir /a; echo in >/a/f; mv /a /b; ln /b/f /b/g; mknod /b/p p; truncate -s 9M /b/hole;"
                    + " mkdir /ghosts; exec 3<>/ghosts/own; rm /ghosts/own; echo kept >&3;"
                    + " exec 4<>/data/ghosts/f; rm /data/ghosts/f; echo kept too >&4;"
                    + " echo ready; while :; do sleep 1; done";

    private static final String GHOSTS = "cat /proc/1/fd/3; cat /proc/1/fd/4";

    @Test
    void I7_everyKindOfFileComesBack(LiveNode.Live live) {
        Moves moves = new Moves(live.session());
        try (Docker docker = new Docker()) {
            String volume = docker.name("kinds");
            Docker.run("volume", "create", volume);
            Path data = Path.of(Docker.run("volume", "inspect", "--format", "{{.Mountpoint}}", volume));
            fill(data);
            String name = docker.name("kinds-of");
            docker.start(name, "--volume", volume + ":/data", "rewind-test/perl", "/bin/sh", "-c", CHANGES);
            docker.awaitLog(name, "ready");
            SortedMap<String, String> inVolume = Listing.of(data);
            SortedMap<String, String> own = Listing.of(upper(docker, name));
            assertThat(inVolume).hasSize(11);
            assertThat(own.get("bin/tar")).startsWith("CHARACTER_DEVICE");
            assertThat(own.get("usr/share/doc")).contains("trusted.overlay.opaque=[121]");
            PointCommitted point = moves.capture(name);
            docker.exec(name, "sh", "-c", "rm -r /data/* /b /usr/share/doc; echo x >/bin/tar; echo y >/data/program");

            moves.back(name, Moves.id(point));

            assertThat(withoutGhosts(Listing.of(data))).isEqualTo(withoutGhosts(inVolume));
            assertThat(withoutGhosts(Listing.of(upper(docker, name)))).isEqualTo(withoutGhosts(own));
            assertThat(docker.exec(name, "sh", "-c", GHOSTS)).isEqualTo("kept\nkept too");
            assertThat(docker.exec(name, "ls", "/usr/share/doc")).isEqualTo("f");
        }
    }

    private static void fill(Path data) {
        try (Directory root = Directory.open(data)) {
            write(root, "program", 0, "content");
            root.chown(bytes("program"), 1001, 1002);
            root.chmod(bytes("program"), 06711);
            root.setXattr(bytes("program"), bytes("security.capability"), CAPABILITY);
            root.setXattr(bytes("program"), bytes("system.posix_acl_access"), ACL);
            root.setXattr(bytes("program"), bytes("user.note"), bytes("kept"));
            root.makeLink(bytes("again"), root, bytes("program"));
            root.makeSymlink(bytes("link"), bytes("../no/where"));
            root.makeFifo(bytes("fifo"), 0620);
            root.makeSocket(bytes("socket"), 0600);
            write(root, "sparse", 64 << 20, "far out");
            write(root, "o\u00ff\n", 0, "no UTF-8");
            root.makeDirectory(bytes("dir"), 0755);
            root.makeDirectory(bytes("ghosts"), 0755);
            try (Directory below = root.openBeneath(bytes("dir"))) {
                write(below, "empty", 0, "");
                write(below, "old", 0, "old");
                below.setTimes(bytes("old"), 1_000_000_001L);
            }
            root.setTimes(bytes("dir"), 1_234_567_890_123_456_789L);
        }
    }

    private static void write(Directory directory, String name, long at, String content) {
        try (FileHandle file = directory.create(bytes(name), 0644)) {
            if (!content.isEmpty()) {
                file.write(MemorySegment.ofArray(bytes(content)), at);
            }
        }
    }

    /** Directories in which CRIU makes a file for a moment, whose times are others then. */
    private static SortedMap<String, String> withoutGhosts(SortedMap<String, String> listing) {
        listing.keySet().removeAll(List.of("ghosts", "tmp"));
        return listing;
    }

    private static Path upper(Docker docker, String name) {
        return Path.of(docker.inspect(name, "{{.GraphDriver.Data.UpperDir}}"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
