package io.rewind.cli.command;

import io.rewind.cli.service.ServiceKind;
import io.rewind.cli.service.ServiceProgram;
import io.rewind.runtime.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rewind service}. */
@Command(
        name = "service",
        description = "Run one service in this process until it is told to stop, for a service manager or a container.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  rewind service agent",
            "  rewind service store --config /etc/rewind/store.conf",
            "  CONFIG_FORCE_rewind_kafka_bootstrap=kafka:9092 rewind service encoder"
        })
final class ServiceCommand implements Callable<Integer> {
    private static final Path STANDARD = Path.of("/etc/rewind/rewind.conf");

    @Parameters(paramLabel = "SERVICE", description = "One of ${COMPLETION-CANDIDATES}.")
    private ServiceKind kind = ServiceKind.AGENT;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings (default: /etc/rewind/rewind.conf, if there); see docs/configuration.md.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Override
    public Integer call() {
        Optional<Path> file = config.or(() -> Optional.of(STANDARD).filter(Files::exists));
        new ServiceProgram(kind, Settings.read(file)).run();
        return 0;
    }
}
