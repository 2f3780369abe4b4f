package io.rewind.cli.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.rewind.cli.output.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The queries of the dashboards in {@code monitoring/grafana}, as Grafana would send them. */
public final class Dashboards {
    public static final Path MONITORING = Path.of("../monitoring");

    /** @param where dashboard and panel, or variable */
    public record Query(String where, String expression) {}

    private Dashboards() {}

    /** @param variables by name, without the dollar sign */
    public static List<Query> queries(Map<String, String> variables) {
        List<Query> queries = new ArrayList<>();
        for (JsonNode board : boards()) {
            String title = board.path("title").asText();
            for (JsonNode variable : board.path("templating").path("list")) {
                queries.add(new Query(
                        title + ", $" + variable.path("name").asText(),
                        labelValues(variable.path("query").asText())));
            }
            for (JsonNode panel : board.path("panels")) {
                panel.path("targets")
                        .forEach(target -> queries.add(new Query(
                                title + ", " + panel.path("title").asText(),
                                target.path("expr").asText())));
            }
        }
        return queries.stream()
                .map(query -> new Query(query.where, filledIn(query.expression, variables)))
                .toList();
    }

    private static List<JsonNode> boards() {
        try (Stream<Path> files = Files.list(MONITORING.resolve("grafana/dashboards"))) {
            List<JsonNode> boards = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                boards.add(Json.read(Files.readString(file)).orElseThrow());
            }
            return boards;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code label_values(SELECTOR, LABEL)} is Grafana's own; this is what it comes down to. */
    private static String labelValues(String query) {
        int comma = query.lastIndexOf(',');
        String selector = query.substring("label_values(".length(), comma);
        return "count by (" + query.substring(comma + 1, query.length() - 1).strip() + ") (" + selector + ")";
    }

    private static String filledIn(String expression, Map<String, String> variables) {
        String filled = expression;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            filled = filled.replace("$" + variable.getKey(), variable.getValue());
        }
        return filled;
    }
}
