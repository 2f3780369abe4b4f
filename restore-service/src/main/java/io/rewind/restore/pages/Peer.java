package io.rewind.restore.pages;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Which process is at the other end of a connection over this host's loopback; see proc_pid_net(5). */
final class Peer {
    private static final Path TABLE = Path.of("/proc/self/net/tcp");
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int INODE = 9;

    private Peer() {}

    /** The inode of the other end's socket, which tells it from all others on this host. */
    static Optional<String> socket(InetSocketAddress peer, InetSocketAddress here) throws IOException {
        return Files.readAllLines(TABLE).stream()
                .map(line -> line.strip().split(" +", -1))
                .filter(f -> f.length > INODE && f[LOCAL].equals(entry(peer)) && f[REMOTE].equals(entry(here)))
                .map(f -> f[INODE])
                .filter(inode -> !inode.equals("0"))
                .findFirst();
    }

    /** The address is printed as the number that it is in memory, little endian; the port as it is. */
    private static String entry(InetSocketAddress address) {
        byte[] b = address.getAddress().getAddress();
        return String.format(Locale.ROOT, "%02X%02X%02X%02X:%04X", b[3], b[2], b[1], b[0], address.getPort());
    }

    /** Whether a process has it open. */
    static boolean holds(ProcessHandle process, String socket) {
        try (DirectoryStream<Path> descriptors =
                Files.newDirectoryStream(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            for (Path descriptor : descriptors) {
                if (isLink(descriptor, "socket:[" + socket + "]")) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException e) {
            // It has just ended.
            return false;
        }
    }

    private static boolean isLink(Path descriptor, String to) {
        try {
            return Files.readSymbolicLink(descriptor).toString().equals(to);
        } catch (IOException e) {
            // It has just been closed.
            return false;
        }
    }
}
