package io.rewind.cli.folder;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A node's folder.
 *
 * <pre>
 *   node.lock        held while a node runs on it
 *   node.json        where the running node is; there only while it is ready
 *   rewind.conf      settings of this node, if its operator wrote any
 *   broker/          the embedded Kafka
 *   log/node.log     rolling; log/node.out: what the JVM itself printed at the last start
 *   ...              what each service keeps, in folders of their own
 * </pre>
 */
public record DataFolder(Path path) {
    public static final String VARIABLE = "REWIND_DATA";

    public DataFolder {
        path = path.toAbsolutePath().normalize();
    }

    /** What the environment names, else the machine's one. */
    public static DataFolder standard(Map<String, String> environment) {
        return new DataFolder(Path.of(environment.getOrDefault(VARIABLE, "/var/lib/rewind")));
    }

    public Path lock() {
        return path.resolve("node.lock");
    }

    public Path node() {
        return path.resolve("node.json");
    }

    public Path settings() {
        return path.resolve("rewind.conf");
    }

    public Path broker() {
        return path.resolve("broker");
    }

    public Path log() {
        return path.resolve("log").resolve("node.log");
    }

    public Path out() {
        return path.resolve("log").resolve("node.out");
    }

    /** Makes the folder and its log folder. @throws Fault FOLDER_UNUSABLE */
    public DataFolder create() {
        try {
            Files.createDirectories(path.resolve("log"));
            return this;
        } catch (IOException e) {
            throw new Fault(
                    FolderFault.FOLDER_UNUSABLE,
                    Severity.FATAL,
                    "the data folder " + path + " cannot be used ("
                            + e.getClass().getSimpleName() + "); choose another with --data",
                    e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
