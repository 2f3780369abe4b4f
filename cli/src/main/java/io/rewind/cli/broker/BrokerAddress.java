package io.rewind.cli.broker;

import io.rewind.cli.folder.AtomicFile;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.Uuid;

/**
 * Who a broker is and where it listens: chosen at the first start, kept in {@code address.properties}
 * of its folder ever after, so that clients find it again.
 */
record BrokerAddress(String host, String clusterId, int port, int controllerPort) {
    private static final String FILE = "address.properties";
    /** Below what Linux hands out to outgoing connections, so that nothing takes the port while the node is down. */
    private static final int LEAST = 20_000;

    private static final int MOST = 32_000;

    /**
     * @param host address to listen on
     * @param wanted port to listen on, 0: the one remembered, or any free one
     */
    static BrokerAddress in(Path folder, String host, int wanted) throws IOException {
        Path file = folder.resolve(FILE);
        if (Files.exists(file)) {
            BrokerAddress known = read(file, host);
            return wanted == 0 || wanted == known.port
                    ? known
                    : known.at(wanted).write(file);
        }
        int port = wanted == 0 ? free(host, 0) : wanted;
        return new BrokerAddress(host, Uuid.randomUuid().toString(), port, free(host, port)).write(file);
    }

    private static BrokerAddress read(Path file, String host) throws IOException {
        Properties p = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            p.load(in);
        }
        return new BrokerAddress(
                host,
                p.getProperty("cluster", ""),
                Integer.parseInt(p.getProperty("port", "0")),
                Integer.parseInt(p.getProperty("controller", "0")));
    }

    private BrokerAddress at(int port) {
        return new BrokerAddress(host, clusterId, port, controllerPort);
    }

    private BrokerAddress write(Path file) throws IOException {
        AtomicFile.write(file, "cluster=" + clusterId + "\nport=" + port + "\ncontroller=" + controllerPort + "\n");
        return this;
    }

    String bootstrap() {
        return host + ":" + port;
    }

    /** @throws Fault PORT_TAKEN */
    void requireFree() {
        for (int needed : new int[] {port, controllerPort}) {
            if (!isFree(host, needed)) {
                throw new Fault(
                        BrokerFault.PORT_TAKEN,
                        Severity.FATAL,
                        "port " + needed + " of " + host + " is taken by another program; stop that, or set"
                                + " rewind.node.broker-port to another port");
            }
        }
    }

    private static int free(String host, int butNot) throws IOException {
        RandomGenerator random = RandomGenerator.getDefault();
        for (int attempt = 0; attempt < MOST - LEAST; attempt++) {
            int port = random.nextInt(LEAST, MOST);
            if (port != butNot && isFree(host, port)) {
                return port;
            }
        }
        throw new IOException("no free port from " + LEAST + " to " + MOST);
    }

    private static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(host), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
