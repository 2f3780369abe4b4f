package io.rewind.schemas.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;

/**
 * Every schema that any release has written records with: one {@code .avsc} a line in the resource {@code
 * published/index}. What is published stays readable.
 */
public final class PublishedSchemas {
    private PublishedSchemas() {}

    public static List<Schema> all() {
        return new BufferedReader(new InputStreamReader(open("index"), StandardCharsets.UTF_8))
                .lines()
                .filter(line -> !line.isBlank())
                .map(PublishedSchemas::read)
                .toList();
    }

    private static Schema read(String name) {
        try (InputStream in = open(name)) {
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException("published/" + name, e);
        }
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(
                PublishedSchemas.class.getResourceAsStream("/published/" + name), "missing resource published/" + name);
    }
}
