package io.rewind.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.rewind.cli.node.RunningNode;
import io.rewind.cli.output.Json;
import io.rewind.cli.output.Terminal;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rewind status}. */
@Command(
        name = "status",
        description = "What the node of this machine is doing. Exit code 0 only when all of it is running.",
        footerHeading = "%nExamples:%n",
        footer = {"  rewind status", "  rewind status --json"})
final class StatusCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    @Mixin
    private NodeOptions node = new NodeOptions();

    StatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode status = Json.read(RunningNode.require(node.folder()).status()).orElseGet(Json::object);
        terminal.print(json ? Json.text(status) : text(status));
        return status.path("state").asText().equals("RUNNING") ? 0 : Failures.NOT_DONE;
    }

    static String text(JsonNode status) {
        StringBuilder text = new StringBuilder();
        text.append("node       ")
                .append(status.path("state").asText())
                .append(", pid ")
                .append(status.path("pid").asText())
                .append(", since ")
                .append(status.path("started").asText())
                .append('\n');
        for (String name : new String[] {"data", "bootstrap", "metrics"}) {
            text.append(String.format("%-11s%s%n", name, status.path(name).asText()));
        }
        for (JsonNode service : status.path("services")) {
            text.append(String.format(
                    "  %-15s%s%n",
                    service.path("name").asText(), service.path("state").asText()));
        }
        String watched = StreamSupport.stream(status.path("watched").spliterator(), false)
                .map(StatusCommand::line)
                .collect(Collectors.joining("\n  ", "\n  ", ""));
        return text.append("watched")
                .append(watched.isBlank() ? "  none" : watched)
                .append('\n')
                .toString();
    }

    private static String line(JsonNode watched) {
        long interval = watched.path("intervalMillis").asLong();
        String gap = watched.path("gap").asText();
        return "%s  every %s  last point %s%s"
                .formatted(
                        watched.path("name").asText(),
                        interval == 0 ? "(on request)" : interval + " ms",
                        watched.path("lastPoint").asText("none yet"),
                        gap.isEmpty() ? "" : "  " + gap);
    }
}
