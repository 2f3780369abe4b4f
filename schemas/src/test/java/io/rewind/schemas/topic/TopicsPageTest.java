package io.rewind.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.StreamChange;
import io.rewind.runtime.kafka.TopicSpec;
import io.rewind.schemas.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class TopicsPageTest {
    private static final Path PAGE = Path.of("../docs/topics.md");

    private final TopicsPage page = TopicsPage.standard();

    @Test
    void thePageSaysWhatTheCodeSays() throws IOException {
        if (Boolean.getBoolean("rewind.publish")) {
            Files.writeString(PAGE, page.text());
        }
        assertThat(PAGE)
                .as("out of date; CONTRIBUTING.md says how it is written anew")
                .hasContent(page.text());
    }

    @Test
    void everyTopicAndEveryRecordHasItsPlace() {
        assertThat(page.entries())
                .extracting(TopicsPage.Entry::topic)
                .containsExactlyElementsOf(
                        Topics.all(1).stream().map(TopicSpec::name).toList());
        Set<Schema> alone = new HashSet<>(Wire.currentSchemas());
        alone.remove(StreamChange.getClassSchema());
        assertThat(page.entries().stream()
                        .map(TopicsPage.Entry::records)
                        .flatMap(Collection::stream)
                        .collect(Collectors.toSet()))
                .isEqualTo(alone);
    }
}
