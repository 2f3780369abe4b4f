package io.rewind.capture.watch;

import io.rewind.capture.CaptureFault;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.id.TimelineId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Counts the starts of each container's first process, over restarts of the agent: one small file a timeline.
 *
 * <pre>
 *   3 2026-11-22T10:15:30.123456789Z
 *   | +-- the engine's text for when that process started
 *   +---- how many starts were seen
 * </pre>
 */
public final class Incarnations {
    private final Path folder;

    public Incarnations(Path folder) {
        this.folder = folder;
    }

    /**
     * @param number 1 for the first start
     * @param isNew whether it was not known before
     */
    public record Incarnation(int number, boolean isNew) {}

    /** The incarnation that started at {@code startedAt}. */
    public Incarnation of(TimelineId timeline, String startedAt) {
        Path file = folder.resolve(timeline.text());
        try {
            int seen = 0;
            if (Files.exists(file)) {
                String[] line = Files.readString(file).trim().split(" ", 2);
                seen = Integer.parseInt(line[0]);
                if (line[1].equals(startedAt)) {
                    return new Incarnation(seen, false);
                }
            }
            Files.createDirectories(folder);
            Path fresh = Files.writeString(folder.resolve(timeline.text() + ".new"), (seen + 1) + " " + startedAt);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new Incarnation(seen + 1, true);
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new Fault(CaptureFault.INTERNAL, Severity.RETRYABLE, file + " cannot be used: " + e.getMessage(), e);
        }
    }
}
