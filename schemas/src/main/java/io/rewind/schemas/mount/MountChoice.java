package io.rewind.schemas.mount;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;

/**
 * What is mounted into a container and belongs to its points: captured with it, and rolled back with it. Two labels say
 * it, each {@code on}, {@code off}, or a list with commas of what belongs: names of volumes, or paths in the container.
 *
 * <pre>
 *   rewind.volumes   volumes; all of them where the label is missing
 *   rewind.binds     the host's files; none where the label is missing
 * </pre>
 */
public final class MountChoice {
    public static final String VOLUMES = "rewind.volumes";
    public static final String BINDS = "rewind.binds";

    private MountChoice() {}

    /** Of a container as the engine's inspect describes it. */
    public static List<Mounted> of(JsonNode inspected) {
        JsonNode labels = inspected.path("Config").path("Labels");
        return Mounted.into(inspected).stream()
                .filter(mount -> takes(labels, mount))
                .toList();
    }

    private static boolean takes(JsonNode labels, Mounted mount) {
        String wanted = mount.bind()
                ? labels.path(BINDS).asText("off")
                : labels.path(VOLUMES).asText("on");
        return switch (wanted.strip()) {
            case "on", "true" -> true;
            case "off", "false", "" -> false;
            default ->
                Arrays.stream(wanted.split(",", -1))
                        .map(String::strip)
                        .anyMatch(word ->
                                word.equals(mount.destination()) || (!mount.bind() && word.equals(mount.name())));
        };
    }
}
