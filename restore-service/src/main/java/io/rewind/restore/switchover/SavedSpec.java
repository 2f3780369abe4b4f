package io.rewind.restore.switchover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rewind.restore.code.RestoreCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A container's description as it was before it was touched, kept over a crash. Written once. */
public final class SavedSpec {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    public SavedSpec(Path file) {
        this.file = file;
    }

    void write(JsonNode inspected) {
        if (Files.exists(file)) {
            return;
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(fresh, JSON.writeValueAsBytes(inspected));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw RestoreCode.DISK_FAILED.because(file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    Optional<JsonNode> read() {
        try {
            return Files.exists(file) ? Optional.of(JSON.readTree(Files.readAllBytes(file))) : Optional.empty();
        } catch (IOException e) {
            throw RestoreCode.DISK_FAILED.because(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
