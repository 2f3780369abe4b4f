package io.rewind.restore.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.rewind.restore.code.RestoreCode;
import io.rewind.schemas.mount.MountChoice;
import io.rewind.schemas.mount.Mounted;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A container as the engine describes it (GET /containers/{id}/json), whole. */
public record Inspected(JsonNode json) {
    public String id() {
        return json.path("Id").asText();
    }

    /** Without the engine's leading slash. */
    public String name() {
        String name = json.path("Name").asText();
        return name.startsWith("/") ? name.substring(1) : name;
    }

    public boolean running() {
        return json.path("State").path("Running").asBoolean();
    }

    public boolean paused() {
        return json.path("State").path("Paused").asBoolean();
    }

    /** Of the first process, as the host numbers it; 0 when there is none. */
    public int pid() {
        return json.path("State").path("Pid").asInt();
    }

    public String startedAt() {
        return json.path("State").path("StartedAt").asText();
    }

    public String runtime() {
        return json.path("HostConfig").path("Runtime").asText();
    }

    public boolean autoRemove() {
        return json.path("HostConfig").path("AutoRemove").asBoolean();
    }

    public String networkMode() {
        return json.path("HostConfig").path("NetworkMode").asText();
    }

    /** Whether it has a network namespace of its own. */
    public boolean ownNetwork() {
        return !networkMode().equals("host") && !networkMode().startsWith("container:");
    }

    public Optional<String> label(String name) {
        JsonNode label = json.path("Config").path("Labels").path(name);
        return label.isTextual() && !label.asText().isEmpty() ? Optional.of(label.asText()) : Optional.empty();
    }

    public JsonNode networks() {
        return json.path("NetworkSettings").path("Networks");
    }

    /** The id of the image it was created from. */
    public String image() {
        return json.path("Image").asText();
    }

    /** All that is mounted into it, by where it sees it: where that lies on the host. */
    public Map<String, Path> mounts() {
        return places(Mounted.into(json));
    }

    /** Of that what belongs to its points, as its labels say. */
    public Map<String, Path> chosenMounts() {
        return places(MountChoice.of(json));
    }

    /** Without what cannot be named in this process's locale: the agent does not capture it either. */
    private static Map<String, Path> places(List<Mounted> mounts) {
        Map<String, Path> places = new TreeMap<>();
        for (Mounted mount : mounts) {
            path(mount.source()).ifPresent(path -> places.put(mount.destination(), path));
        }
        return places;
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Where what it wrote lies on the host. @throws io.rewind.runtime.fault.Fault FILES_UNREACHABLE */
    public Path upperDirectory() {
        String upper = json.path("GraphDriver").path("Data").path("UpperDir").asText();
        if (upper.isEmpty()) {
            throw RestoreCode.FILES_UNREACHABLE.because("The engine does not say where the files of " + name()
                    + " are: its storage driver must be overlay2.");
        }
        return Path.of(upper);
    }
}
