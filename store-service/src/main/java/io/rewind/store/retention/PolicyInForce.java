package io.rewind.store.retention;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.TimelineId;
import io.rewind.store.database.Commit;
import io.rewind.store.database.Family;
import io.rewind.store.database.View;
import io.rewind.store.timeline.Keys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy of a timeline: what a person set last, else the label {@value #LABEL} of the newest point's container, else
 * the store's own.
 */
public record PolicyInForce(KeepPolicy otherwise) {
    static final String LABEL = "rewind.keep";
    private static final byte[] PREFIX = "keep/".getBytes(StandardCharsets.US_ASCII);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger log = LoggerFactory.getLogger(PolicyInForce.class);

    /** @param spec the engine's description of the container, JSON */
    public KeepPolicy of(TimelineId timeline, View view, byte[] spec) {
        return view.get(Family.META, key(timeline))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .or(() -> label(spec))
                .flatMap(text -> parsed(timeline, text))
                .orElse(otherwise);
    }

    private static Optional<String> label(byte[] spec) {
        try {
            JsonNode label = JSON.readTree(spec).path("Config").path("Labels").path(LABEL);
            return label.isTextual() ? Optional.of(label.asText()) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError("read from memory", e);
        }
    }

    /** A label that nobody understands must not make points go. */
    private static Optional<KeepPolicy> parsed(TimelineId timeline, String text) {
        try {
            return Optional.of(KeepPolicy.parse(text));
        } catch (Fault fault) {
            log.warn("timeline {} keeps all its points: {}", timeline, fault.sentence());
            return Optional.of(KeepPolicy.ALL);
        }
    }

    /** From now on, whatever the label says. */
    public static void set(TimelineId timeline, KeepPolicy policy, Commit batch) {
        batch.put(Family.META, key(timeline), policy.text().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] key(TimelineId timeline) {
        byte[] id = Keys.timeline(timeline);
        return ByteBuffer.allocate(PREFIX.length + id.length)
                .put(PREFIX)
                .put(id)
                .array();
    }
}
