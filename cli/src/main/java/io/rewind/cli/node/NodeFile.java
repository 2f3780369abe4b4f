package io.rewind.cli.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.rewind.cli.folder.AtomicFile;
import io.rewind.cli.folder.DataFolder;
import io.rewind.cli.output.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * Where a running node is; {@code node.json} of its folder, there while the node is ready.
 *
 * @param processStart of the process, see {@link ProcessStart}: tells a node from a later process of the same pid
 * @param started ISO instant
 * @param bootstrap {@code host:port} of the broker
 * @param metrics URL
 * @param status URL
 */
public record NodeFile(long pid, long processStart, String started, String bootstrap, String metrics, String status) {

    void write(DataFolder folder) throws IOException {
        AtomicFile.write(
                folder.node(),
                Json.text(Json.object()
                        .put("pid", pid)
                        .put("processStart", processStart)
                        .put("started", started)
                        .put("bootstrap", bootstrap)
                        .put("metrics", metrics)
                        .put("status", status)));
    }

    /** Empty when there is none, or it is not one of ours. */
    static Optional<NodeFile> read(DataFolder folder) throws IOException {
        try {
            return Json.read(Files.readString(folder.node())).flatMap(NodeFile::of);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Optional<NodeFile> of(JsonNode json) {
        return json.path("pid").asLong() > 0 && json.path("bootstrap").isTextual()
                ? Optional.of(new NodeFile(
                        json.path("pid").asLong(),
                        json.path("processStart").asLong(),
                        json.path("started").asText(),
                        json.path("bootstrap").asText(),
                        json.path("metrics").asText(),
                        json.path("status").asText()))
                : Optional.empty();
    }
}
