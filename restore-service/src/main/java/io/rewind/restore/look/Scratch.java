package io.rewind.restore.look;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A private folder for what is only needed while looking. */
public record Scratch(Path folder) implements AutoCloseable {
    public static Scratch create() {
        try {
            return new Scratch(Files.createTempDirectory("rewind-look-"));
        } catch (IOException e) {
            throw LookFault.TARGET_FAILED.because("There is no room for temporary files: " + e.getMessage() + ".", e);
        }
    }

    /** A folder in it that does not exist yet. */
    public Path folder(String name) {
        try {
            return Files.createDirectory(folder.resolve(name));
        } catch (IOException e) {
            throw LookFault.TARGET_FAILED.because("There is no room for temporary files: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw LookFault.TARGET_FAILED.because(folder + " cannot be removed: " + e.getMessage() + ".", e);
        }
    }
}
