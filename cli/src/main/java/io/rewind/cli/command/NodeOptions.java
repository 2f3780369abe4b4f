package io.rewind.cli.command;

import io.rewind.cli.folder.DataFolder;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which node of this machine. */
final class NodeOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder of the node (default: $$REWIND_DATA, else /var/lib/rewind).")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    DataFolder folder() {
        return data.map(DataFolder::new).orElseGet(() -> DataFolder.standard(System.getenv()));
    }
}
