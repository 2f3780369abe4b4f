package io.rewind.capture.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rewind.schemas.id.TimelineId;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A container as the engine describes it at one moment.
 *
 * @param id the engine's full id
 * @param name without the leading slash
 * @param pid of its first process on the host; 0 unless running
 * @param startedAt the engine's text for when that process started; tells incarnations apart
 * @param networkMode {@code default}, {@code bridge}, {@code host}, {@code none}, {@code container:ID} or a network
 * @param inspect the engine's whole description, JSON
 */
public record Container(
        String id,
        String name,
        String image,
        int pid,
        boolean running,
        boolean paused,
        boolean tty,
        String startedAt,
        String networkMode,
        Map<String, String> labels,
        String inspect) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** {@link #inspect}, to be looked into. */
    public JsonNode description() {
        try {
            return JSON.readTree(inspect);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The history that this container's points belong to. */
    public TimelineId timeline() {
        String carried = labels.getOrDefault(TimelineId.LABEL, "");
        return new TimelineId(TimelineId.isValid(carried) ? carried : id);
    }
}
