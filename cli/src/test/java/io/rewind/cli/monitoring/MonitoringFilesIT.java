package io.rewind.cli.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.cli.reference.MetricsPage;
import io.rewind.cli.stand.Program;
import io.rewind.runtime.metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MonitoringFilesIT {
    private static final Pattern NAME = Pattern.compile("\\brewind(_[a-z]+)+\\b");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
    private static final Pattern FIRES = Pattern.compile("alertname: (\\w+)\\n *exp_alerts:");

    private static final Pattern RUNBOOK = Pattern.compile("runbook: docs/operations\\.md#(\\w+)");
    private static final Pattern HEADING = Pattern.compile("(?m)^### (Rewind\\w+)$");

    private static String read(String file) throws IOException {
        return Files.readString(Dashboards.MONITORING.resolve(file));
    }

    private static String promtool(String... words) {
        String[] command = new String[words.length + 1];
        command[0] = Prometheus.programs().resolve("promtool").toString();
        for (int i = 0; i < words.length; i++) {
            command[i + 1] = words[i].endsWith(".yml")
                    ? Dashboards.MONITORING.resolve(words[i]).toString()
                    : words[i];
        }
        return Program.run(command);
    }

    @Test
    void theConfigurationWithItsRulesIsValid() {
        assertThat(promtool("check", "config", "prometheus.yml")).contains("SUCCESS");
    }

    @Test
    void everyAlertFiresWhereItShouldAndNowhereElse() throws IOException {
        assertThat(promtool("test", "rules", "alerts.test.yml")).contains("SUCCESS");
        assertThat(found(FIRES, read("alerts.test.yml"))).isEqualTo(found(ALERT, read("alerts.yml")));
    }

    @Test
    void theOperationsGuideSaysWhatToDoAtEachAlert() throws IOException {
        Set<String> alerts = found(ALERT, read("alerts.yml"));
        assertThat(found(RUNBOOK, read("alerts.yml")))
                .isEqualTo(alerts.stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()));
        assertThat(found(HEADING, read("../docs/operations.md"))).isEqualTo(alerts);
    }

    @Test
    void alertsDashboardsAndGuidesNameWhatThereIs() throws IOException {
        Set<String> known = MetricsPage.families().values().stream()
                .flatMap(Collection::stream)
                .map(Metric::name)
                .collect(Collectors.toSet());
        String asked = read("alerts.yml")
                + read("../docs/operations.md")
                + read("../docs/capacity.md")
                + Dashboards.queries(Map.of()).stream()
                        .map(Dashboards.Query::expression)
                        .collect(Collectors.joining("\n"));
        Set<String> names = new TreeSet<>();
        NAME.matcher(asked)
                .results()
                .forEach(match -> names.add(match.group().replaceFirst("_(bucket|sum|count|max)$", "")));
        assertThat(names).hasSizeGreaterThan(20);
        assertThat(known).containsAll(names);
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
