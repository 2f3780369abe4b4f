package io.rewind.criu;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real criu of this machine. */
final class Criu {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CriuVersion version;

    private Criu(CriuVersion version) {
        this.version = version;
    }

    /** Fails with a sentence when there is none. */
    static Criu find() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("criu", "--version")
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return new Criu(CriuVersion.parse(printed));
        } catch (IOException e) {
            throw new AssertionError("This test needs CRIU 4.2 or later on the PATH; setup/criu.sh installs it.", e);
        }
    }

    @FunctionalInterface
    interface Window {
        void open() throws IOException;
    }

    /** Dumps without memory, runs the window while all is frozen, releases, and waits for the end of the dump. */
    void dumpLazily(long pid, Path images, Path work, Window window) throws IOException, InterruptedException {
        Path status = Files.createFile(work.resolve("status"));
        int port = freePort();
        // A descriptor with a known number can be handed to a child only by a shell.
        Process dump = run(
                work,
                List.of(
                        List.of("sh", "-c", "exec 9>\"$0\"; exec timeout -s KILL 60 criu \"$@\"", status.toString()),
                        List.of("dump", "-t", Long.toString(pid), "-D", images.toString(), "-W", work.toString()),
                        List.of("-o", "dump.log", "-v4", "--leave-running", "--lazy-pages", "--address", "127.0.0.1"),
                        List.of("--port", Integer.toString(port), "--status-fd", "9")));
        await().atMost(PATIENCE).until(() -> Files.size(status) > 0 || !dump.isAlive());
        if (dump.isAlive()) {
            try {
                window.open();
            } finally {
                release(port);
            }
        }
        succeed(dump, work.resolve("dump.log"));
    }

    void restore(Path images, Path work) throws IOException, InterruptedException {
        Process restore = run(
                work,
                List.of(
                        List.of("timeout", "-s", "KILL", "60", "criu", "restore", "-d", "-D", images.toString()),
                        List.of("-W", work.toString(), "-o", "restore.log", "-v4")));
        succeed(restore, work.resolve("restore.log"));
    }

    private void release(int port) throws IOException {
        try (SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            ByteBuffer message = PageServerClose.message(version);
            while (message.hasRemaining()) {
                channel.write(message);
            }
        }
    }

    private static Process run(Path work, List<List<String>> parts) throws IOException {
        List<String> command = parts.stream().flatMap(List::stream).toList();
        return new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(work.resolve("printed").toFile()))
                .start();
    }

    private static void succeed(Process process, Path log) throws IOException, InterruptedException {
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("criu did not end in 90 s");
        }
        if (process.exitValue() != 0) {
            List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of("no log");
            throw new AssertionError("criu failed: "
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()))
                    + Files.readString(log.resolveSibling("printed")));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
