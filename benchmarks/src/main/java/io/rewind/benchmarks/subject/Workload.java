package io.rewind.benchmarks.subject;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs in a container and who uses it.
 *
 * @param engineArguments for {@code docker create}
 * @param files put into the container before it starts, by where they go
 * @param command for the container's shell
 * @param ready a word in the log that says so; empty where nothing is to be waited for
 * @param probe runs beside it and notices stalls; empty where nothing but the workload may run
 */
public record Workload(
        String name,
        String image,
        List<String> engineArguments,
        Map<String, Path> files,
        String command,
        String ready,
        Optional<StallProbe> probe,
        Optional<Answer> answer,
        Optional<Load> load) {

    static Workload of(String name, String image, String command) {
        return new Workload(
                name, image, List.of(), Map.of(), command, "", Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What its container's environment holds. */
    public List<String> environment() {
        return probe.map(p -> List.of("PROBE=" + StallProbe.script())).orElse(List.of());
    }

    /** What its container starts: the command with the probe beside it. */
    public List<String> program() {
        String probed = probe.map(
                        p -> "perl -e \"$PROBE\" " + p.mebibytes() + " " + p.share() + " " + (p.random() ? 1 : 0))
                .map(start -> command.isEmpty() ? "exec " + start : start + " & " + command)
                .orElse(command);
        return List.of("sh", "-c", probed);
    }

    Workload probed() {
        return new Workload(
                name, image, engineArguments, files, command, ready, Optional.of(StallProbe.BESIDE), answer, load);
    }

    /** Where nothing but the workload may be in its container. */
    public Workload unprobed() {
        return new Workload(name, image, engineArguments, files, command, ready, Optional.empty(), answer, load);
    }

    Workload readyAt(String word) {
        return new Workload(name, image, engineArguments, files, command, word, probe, answer, load);
    }

    Workload with(Answer newAnswer, Load newLoad) {
        return new Workload(
                name,
                image,
                engineArguments,
                files,
                command,
                ready,
                probe,
                Optional.of(newAnswer),
                Optional.of(newLoad));
    }

    Workload with(Map<String, Path> newFiles) {
        return new Workload(name, image, engineArguments, newFiles, command, ready, probe, answer, load);
    }
}
