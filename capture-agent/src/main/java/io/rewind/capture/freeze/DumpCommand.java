package io.rewind.capture.freeze;

import io.rewind.capture.CaptureFault;
import io.rewind.capture.docker.Container;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.connection.ConnectionChoice;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The arguments of the memory-less dump of one container; its images suit {@code runc restore}. */
final class DumpCommand {
    private DumpCommand() {}

    /**
     * @param root where the host sees the container's root
     * @param externals mounts that CRIU neither dumps nor makes
     * @param server where CRIU waits to be released
     */
    static List<String> of(
            Container container, Path root, List<String> externals, Path images, Path work, InetSocketAddress server) {
        List<String> arguments = new ArrayList<>(List.of("dump", "--tree", Integer.toString(container.pid())));
        arguments.addAll(List.of("--images-dir", images.toString(), "--work-dir", work.toString()));
        arguments.addAll(List.of("--log-file", DumpLog.NAME, "-v1", "--leave-running", "--root", root.toString()));
        // runc makes the cgroup anew at restore; a lock of the network would need iptables and 70 ms.
        arguments.addAll(List.of("--manage-cgroups=ignore", "--network-lock", "skip", "--file-locks"));
        // Connections that nobody has accepted yet end with a restore in any case.
        arguments.addAll(List.of("--" + connections(container).criuOption(), "--skip-in-flight"));
        arguments.addAll(List.of("--ghost-limit", Long.toString(1L << 30), "--evasive-devices"));
        arguments.addAll(network(container));
        for (String external : externals) {
            arguments.addAll(List.of("--external", external));
        }
        // CRIU reports on its standard output that the window is open, and waits for a page client that never asks.
        arguments.addAll(List.of("--lazy-pages", "--address", server.getHostString()));
        arguments.addAll(List.of("--port", Integer.toString(server.getPort()), "--status-fd", "1"));
        return arguments;
    }

    private static ConnectionChoice connections(Container container) {
        return ConnectionChoice.of(container.labels().getOrDefault(ConnectionChoice.LABEL, ""));
    }

    private static List<String> network(Container container) {
        String mode = container.networkMode();
        if (mode.equals("host")) {
            return List.of();
        }
        if (mode.startsWith("container:")) {
            return List.of("--external", networkNamespace(container.pid()) + ":extRootNetNS");
        }
        return List.of("--empty-ns", "net");
    }

    /** Such as {@code net[4026531840]}. */
    private static String networkNamespace(int pid) {
        try {
            Path link = Files.readSymbolicLink(Path.of("/proc", Integer.toString(pid), "ns/net"));
            return link.toString().replace("net:", "net");
        } catch (IOException e) {
            throw new Fault(CaptureFault.READ_FAILED, Severity.RETRYABLE, "the network namespace of process " + pid, e);
        }
    }
}
