package io.rewind.cli.command;

import io.rewind.cli.folder.DataFolder;
import io.rewind.cli.node.ForegroundNode;
import io.rewind.cli.node.NodeFile;
import io.rewind.cli.node.NodeProcess;
import io.rewind.cli.node.RunningNode;
import io.rewind.cli.output.Terminal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rewind up}. */
@Command(
        name = "up",
        description = "Start the node of this machine: Kafka and all services in one background process.",
        footerHeading = "%nExamples:%n",
        footer = {"  rewind up", "  rewind up --data /srv/rewind", "  rewind up --foreground      for a service manager"
        })
final class UpCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Terminal terminal;
    private final String mainClass;

    @Option(names = "--foreground", description = "Run in this process until it is told to stop.")
    private boolean foreground;

    @Mixin
    private NodeOptions node = new NodeOptions();

    UpCommand(Terminal terminal, String mainClass) {
        this.terminal = terminal;
        this.mainClass = mainClass;
    }

    @Override
    public Integer call() {
        DataFolder folder = node.folder();
        if (foreground) {
            ForegroundNode.run(folder, ready -> terminal.print(sentence("ready", ready)));
            return 0;
        }
        Optional<RunningNode> running = RunningNode.find(folder);
        if (running.isPresent()) {
            terminal.print(sentence("already running", running.get().file()));
            return 0;
        }
        RunningNode started = NodeProcess.start(
                folder,
                mainClass,
                LIMIT,
                waited -> terminal.progress("starting the node on " + folder + ", " + waited.toSeconds() + " s"));
        terminal.print(sentence("running", started.file()));
        return 0;
    }

    private static String sentence(String what, NodeFile node) {
        return "node " + what + ": pid " + node.pid() + ", Kafka at " + node.bootstrap() + ", metrics at "
                + node.metrics();
    }
}
