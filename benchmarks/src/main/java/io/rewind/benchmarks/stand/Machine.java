package io.rewind.benchmarks.stand;

import io.rewind.cli.stand.Program;
import io.rewind.runtime.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a run ran on, so that its figures can be read; compare only figures of one run. */
public record Machine(List<String> facts) {

    public static Machine describe() {
        return new Machine(Stream.of(
                        field("/proc/cpuinfo", "model name"),
                        Optional.of(Runtime.getRuntime().availableProcessors() + " processors"),
                        field("/proc/meminfo", "MemTotal").map(Machine::gibibytes),
                        Optional.of("Linux " + System.getProperty("os.version")),
                        said(
                                "docker",
                                "info",
                                "--format",
                                "Docker {{.ServerVersion}} ({{.Driver}}, cgroup v{{.CgroupVersion}})"),
                        said("criu", "--version")
                                .map(v -> v.lines().findFirst().orElse(""))
                                .map(v -> v.replace("Version:", "CRIU")),
                        Optional.of("Java " + Runtime.version().feature()),
                        Optional.of(LocalDate.now(ZoneOffset.UTC).toString()))
                .flatMap(Optional::stream)
                .toList());
    }

    /** One line. */
    public String text() {
        return "Measured on: " + String.join(", ", facts) + ". Times are this machine's; compare within one run only.";
    }

    private static Optional<String> field(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String gibibytes(String kibibytes) {
        String digits = kibibytes
                .chars()
                .filter(Character::isDigit)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        return String.format(Locale.ROOT, "%.0f GiB of memory", Long.parseLong(digits) / 1048576.0);
    }

    private static Optional<String> said(String... program) {
        try {
            return Optional.of(Program.run(program).strip());
        } catch (Fault e) {
            return Optional.empty();
        }
    }
}
