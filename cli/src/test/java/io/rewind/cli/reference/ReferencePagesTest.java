package io.rewind.cli.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.rewind.runtime.metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferencePagesTest {
    private static void assertSame(String page, String text) throws IOException {
        Path file = Path.of("../docs", page);
        if (Boolean.getBoolean("rewind.publish")) {
            Files.writeString(file, text);
        }
        assertThat(file)
                .as("out of date; CONTRIBUTING.md says how it is written anew")
                .hasContent(text);
    }

    @Test
    void configuration() throws IOException {
        assertSame("configuration.md", ConfigurationPage.text());
    }

    @Test
    void metrics() throws IOException {
        assertSame("metrics.md", MetricsPage.text());
    }

    @Test
    void accessList() throws IOException {
        assertSame("../security/acls.txt", AccessList.text());
    }

    @Test
    void everySettingIsCommentedAndOnThePage() {
        String page = ConfigurationPage.text();
        Config rewind = ConfigFactory.defaultReferenceUnresolved().getConfig("rewind");
        assertThat(rewind.entrySet()).hasSizeGreaterThan(30).allSatisfy(entry -> {
            assertThat(page).contains("**`rewind." + entry.getKey() + "`**");
            assertThat(entry.getValue().origin().comments()).as(entry.getKey()).isNotEmpty();
        });
        assertThat(ConfigurationPage.variable("rewind.capture.freeze-limit"))
                .isEqualTo("CONFIG_FORCE_rewind_capture_freeze__limit");
    }

    @Test
    void namesFollowPrometheus() {
        List<Metric> all =
                MetricsPage.families().values().stream().flatMap(List::stream).toList();
        assertThat(all).extracting(Metric::name).doesNotHaveDuplicates().allMatch(n -> n.matches("rewind_[a-z_]+"));
        assertThat(all).allSatisfy(metric -> {
            assertThat(metric.name().endsWith("_total"))
                    .as(metric.name())
                    .isEqualTo(metric.kind() == Metric.Kind.COUNTER);
            assertThat(metric.help()).isNotBlank().doesNotEndWith(".");
            if (metric.kind() == Metric.Kind.TIMES || metric.kind() == Metric.Kind.HISTOGRAM) {
                assertThat(metric.name()).endsWith("_seconds");
            }
        });
    }
}
