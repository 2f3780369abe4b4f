package io.rewind.cli.it;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.rewind.cli.node.NodeFlags;
import io.rewind.cli.output.Json;
import io.rewind.cli.service.ServiceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code rewind service KIND} in a process of its own; what it logs, as JSON lines. */
final class ServiceProcess {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Pattern READY = Pattern.compile(" ready, metrics at http://([0-9.:]+)/metrics");

    private final Path log;
    private final Process process;

    ServiceProcess(ServiceKind kind, Path config, Path log) {
        this(List.of(), Map.of(), kind, config, log);
    }

    /** @param within a command that runs the one it is given */
    ServiceProcess(List<String> within, Map<String, String> environment, ServiceKind kind, Path config, Path log) {
        this.log = log;
        List<String> command = new ArrayList<>(within);
        command.addAll(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(NodeFlags.all(Map.of()));
        command.addAll(List.of("-cp", System.getProperty("java.class.path", ""), "io.rewind.cli.Main"));
        command.addAll(List.of("service", kind.toString(), "--config", config.toString()));
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            process = builder.redirectError(log.resolveSibling(kind + ".err").toFile())
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its endpoint listens, {@code host:port}, once it is ready. */
    String endpoint() {
        return await().atMost(LIMIT).until(this::announced, Optional::isPresent).orElseThrow();
    }

    private Optional<String> announced() {
        if (!process.isAlive()) {
            throw new IllegalStateException("ended while starting; see " + log);
        }
        return lines().stream()
                .map(line -> READY.matcher(line.path("formattedMessage").asText()))
                .filter(Matcher::find)
                .map(match -> match.group(1))
                .findFirst();
    }

    /** All it has said; every line is JSON, but the last may not be whole yet. */
    List<JsonNode> lines() {
        try {
            String text = Files.readString(log);
            return text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(line -> Json.read(line).orElseThrow(() -> new IllegalStateException("not JSON: " + line)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of its first thread, from proc_pid_stat(5). */
    int nice() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
    }

    /** Bytes of its memory that are in RAM now, programs and libraries too; from proc_pid_status(5). */
    long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                .findFirst()
                .orElseThrow();
    }

    /** Waits until it ends of itself. @return the exit code */
    int ended() {
        return process.onExit().join().exitValue();
    }

    /** SIGTERM. @return the exit code */
    int terminate() {
        process.destroy();
        return process.onExit().join().exitValue();
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }
}
