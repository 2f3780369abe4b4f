package io.rewind.capture.freeze;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Whether {@code docker pause} holds a container. Its processes then do not run what CRIU put into them either, and CRIU waits
 * for them until they are let go.
 *
 * @param state {@code freezer.state}, or {@code cgroup.events} of the unified hierarchy; empty where neither is
 */
record Pause(Optional<Path> state) {
    /** Of processes that are no container's. */
    static final Pause NEVER = new Pause(Optional.empty());

    private static final Set<String> HOLDS = Set.of("FREEZING", "FROZEN", "frozen 1");

    static Pause of(int pid) throws IOException {
        return new Pause(ControlGroup.of(pid).file("freezer", "freezer.state", "cgroup.events"));
    }

    /** False for a container that is gone. */
    boolean holds() {
        if (state.isEmpty()) {
            return false;
        }
        try {
            return Files.readAllLines(state.get(), StandardCharsets.ISO_8859_1).stream()
                    .anyMatch(HOLDS::contains);
        } catch (IOException e) {
            return false;
        }
    }
}
