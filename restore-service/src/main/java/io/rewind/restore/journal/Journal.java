package io.rewind.restore.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rewind.event.RestoreRequested;
import io.rewind.restore.code.RestoreCode;
import io.rewind.schemas.id.RequestId;
import io.rewind.schemas.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** The journal of one restore: a file, replaced as a whole at each step. For one thread. */
public final class Journal {
    static final String FILE = "journal.json";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final Path folder;
    private final RestoreRequested request;
    private Step step;

    private Journal(Path folder, RestoreRequested request, Step step) {
        this.folder = folder;
        this.request = request;
        this.step = step;
    }

    static Journal begin(Path folder, RestoreRequested request) {
        Journal journal = new Journal(folder, request, new Step.Accepted());
        journal.write();
        return journal;
    }

    /** @throws IOException also when what is there is no journal of this folder */
    static Journal read(Path folder) throws IOException {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(folder.resolve(FILE)));
            if (!json.path("state").isObject()) {
                throw new IOException("it has no step");
            }
            byte[] request = Base64.getDecoder().decode(json.path("request").asText());
            Journal journal = new Journal(
                    folder,
                    Wire.decode(request, RestoreRequested.class),
                    JSON.treeToValue(json.path("state"), Step.class));
            if (!journal.id().text().equals(String.valueOf(folder.getFileName()))) {
                throw new IOException("it is of another request");
            }
            return journal;
        } catch (IllegalArgumentException e) {
            throw new IOException("it is not in the form of a journal", e);
        }
    }

    public RestoreRequested request() {
        return request;
    }

    public RequestId id() {
        return new RequestId(request.getRequest());
    }

    public Step step() {
        return step;
    }

    /** Private to this restore, and empty but for what the restore put there. */
    public Path folder() {
        return folder;
    }

    /** Durable when this returns. */
    public <S extends Step> S advance(S next) {
        step = next;
        write();
        return next;
    }

    private void write() {
        ObjectNode json = JSON.createObjectNode();
        json.put("request", Base64.getEncoder().encodeToString(Wire.encode(request)));
        try {
            json.set("state", JSON.readTree(JSON.writerFor(Step.class).writeValueAsString(step)));
        } catch (JsonProcessingException e) {
            throw RestoreCode.INTERNAL.because("The journal cannot be written.", e);
        }
        DurableFile.replace(folder.resolve(FILE), json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
