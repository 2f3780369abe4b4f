package io.rewind.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Yesterday's bytes stay readable. {@code published/} holds every schema that ever was, {@code history/} a record
 * written with each. After a schema was changed compatibly, {@code mvn -pl schemas -am test -Drewind.publish=true}
 * adds the new version beside the old ones.
 */
class PublishedSchemasTest {
    private static final Path PUBLISHED = Path.of("src/main/resources/published");
    private static final Path HISTORY = Path.of("src/test/resources/history");
    private static final boolean PUBLISH = Boolean.getBoolean("rewind.publish");

    @Test
    void everyCurrentSchemaIsPublished() throws IOException {
        TreeSet<String> index = new TreeSet<>(Files.readAllLines(PUBLISHED.resolve("index")));
        for (Schema schema : Wire.currentSchemas()) {
            if (PUBLISH && !index.contains(file(schema))) {
                publish(schema);
                index.add(file(schema));
                Files.write(PUBLISHED.resolve("index"), index);
            }
            assertThat(index)
                    .as("%s changed; a changed schema is published beside its old version", schema.getName())
                    .contains(file(schema));
        }
    }

    @TestFactory
    Stream<DynamicTest> bytesOfEveryPublishedVersionAreStillRead() throws IOException {
        return PublishedSchemas.all().stream()
                .map(old -> DynamicTest.dynamicTest(file(old), () -> {
                    byte[] bytes = Files.readAllBytes(HISTORY.resolve(file(old) + ".bin"));
                    SpecificRecord read = Wire.decode(bytes);
                    assertThat(read.getSchema().getFullName()).isEqualTo(old.getFullName());
                    if (Wire.currentSchemas().stream().anyMatch(now -> file(now).equals(file(old)))) {
                        assertThat(Wire.encode(read)).isEqualTo(bytes);
                    }
                }));
    }

    private static void publish(Schema schema) throws IOException {
        Files.createDirectories(HISTORY);
        Files.writeString(PUBLISHED.resolve(file(schema)), schema.toString(true) + "\n");
        Object example = new RandomData(GenericData.get(), schema, 1, 17, true)
                .iterator()
                .next();
        byte[] bytes = new BinaryMessageEncoder<>(GenericData.get(), schema)
                .encode(example)
                .array();
        Files.write(HISTORY.resolve(file(schema) + ".bin"), bytes);
    }

    private static String file(Schema schema) {
        return schema.getName() + "-" + Long.toHexString(SchemaNormalization.parsingFingerprint64(schema)) + ".avsc";
    }

    @Test
    void theIndexNamesNothingTwice() throws IOException {
        List<String> index = Files.readAllLines(PUBLISHED.resolve("index"));
        assertThat(index).doesNotHaveDuplicates();
    }
}
