package io.rewind.benchmarks.subject;

import io.rewind.benchmarks.stand.BenchFault;
import io.rewind.cli.stand.Pause;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * How a service shows that it serves: it says something on its port.
 *
 * @param question sent first; empty where the service speaks first
 */
public record Answer(int port, String question) {
    private static final int MILLIS = 500;
    private static final Duration GLANCE = Duration.ofMillis(5);

    /** Whether one byte came back. */
    boolean given(String address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), MILLIS);
            socket.setSoTimeout(MILLIS);
            socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns when it answers. @throws Fault SUBJECT_SILENT */
    public void await(String address, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!given(address)) {
            if (System.nanoTime() > end) {
                throw new Fault(
                        BenchFault.SUBJECT_SILENT,
                        Severity.REJECTED,
                        "nothing answers at " + address + ":" + port + " within " + limit.toSeconds() + " s");
            }
            Pause.of(GLANCE);
        }
    }
}
