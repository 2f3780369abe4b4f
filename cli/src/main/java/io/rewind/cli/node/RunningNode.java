package io.rewind.cli.node;

import io.rewind.cli.folder.DataFolder;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A node that is ready in another process of this machine. */
public record RunningNode(NodeFile file) {
    private static final int HTTP_MILLIS = 5_000;

    /** Empty when none is ready on the folder; what a dead one left behind does not count. */
    public static Optional<RunningNode> find(DataFolder folder) {
        try {
            return NodeFile.read(folder).map(RunningNode::new).filter(RunningNode::isAlive);
        } catch (IOException e) {
            throw new Fault(
                    NodeFault.NODE_NOT_RUNNING,
                    Severity.REJECTED,
                    folder.node() + " cannot be read; are you the user who started the node?",
                    e);
        }
    }

    /** @throws Fault NODE_NOT_RUNNING */
    public static RunningNode require(DataFolder folder) {
        return find(folder)
                .orElseThrow(() -> new Fault(
                        NodeFault.NODE_NOT_RUNNING,
                        Severity.REJECTED,
                        "no node is running on this machine; start one with `rewind up`"));
    }

    public boolean isAlive() {
        return ProcessStart.of(file.pid()).orElse(-1) == file.processStart();
    }

    /** The node's own account, JSON. @throws Fault NODE_NOT_RUNNING when it does not answer */
    public String status() {
        try {
            URLConnection connection = URI.create(file.status()).toURL().openConnection();
            connection.setConnectTimeout(HTTP_MILLIS);
            connection.setReadTimeout(HTTP_MILLIS);
            try (InputStream in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new Fault(
                    NodeFault.NODE_NOT_RUNNING,
                    Severity.RETRYABLE,
                    "the node (pid " + file.pid() + ") runs but does not answer at " + file.status()
                            + "; look into its log, or stop it with `rewind down`",
                    e);
        }
    }

    /** Asks it to stop, and returns once it has. @throws Fault NODE_NOT_STOPPED */
    public void stop(Duration limit) {
        Optional<ProcessHandle> process = ProcessHandle.of(file.pid()).filter(p -> isAlive());
        if (process.isEmpty()) {
            return;
        }
        boolean _ = process.get().destroy();
        try {
            ProcessHandle _ = process.get().onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw notStopped("did not stop within " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notStopped("was asked to stop, nobody waited for it", e);
        }
    }

    /** Like {@link #stop}, by force where asking does not help in time. */
    void end(Duration limit) {
        try {
            stop(limit);
        } catch (Fault e) {
            ProcessHandle.of(file.pid()).filter(p -> isAlive()).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private Fault notStopped(String what, Exception cause) {
        return new Fault(
                NodeFault.NODE_NOT_STOPPED, Severity.RETRYABLE, "the node (pid " + file.pid() + ") " + what, cause);
    }
}
