package io.rewind.cli.command;

import io.rewind.cli.output.Terminal;
import io.rewind.runtime.config.Settings;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.TopicSetup;
import io.rewind.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rewind topics}. */
@Command(
        name = "topics",
        description = "Create the topics that a cluster lacks, where the services themselves are not allowed to.",
        footerHeading = "%nExamples:%n",
        footer = "  rewind topics --config admin.conf")
final class TopicsCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Terminal terminal;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "Settings with rewind.kafka of somebody who may create topics; see docs/security.md.")
    private Path config = Path.of("");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    TopicsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Settings settings = Settings.read(Optional.of(config));
        Cluster cluster = Cluster.of(settings);
        int partitions = settings.number("rewind.kafka.topics.partitions", 1, 1_000);
        short replicas = (short) settings.number("rewind.kafka.topics.replicas", 1, 100);
        settings.check();
        List<String> created = TopicSetup.ensure(cluster, Topics.all(partitions), replicas, LIMIT);
        terminal.print(created.isEmpty() ? "all topics are there" : "created " + String.join(", ", created));
        return 0;
    }
}
