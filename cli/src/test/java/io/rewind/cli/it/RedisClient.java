package io.rewind.cli.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One connection that speaks redis' inline protocol. */
final class RedisClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final BufferedReader in;

    RedisClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** The value of a simple or bulk answer. */
    String ask(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        String line = in.readLine();
        if (line == null) {
            throw new IOException("the connection is closed");
        }
        return line.startsWith("$") && !line.equals("$-1") ? in.readLine() : line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
