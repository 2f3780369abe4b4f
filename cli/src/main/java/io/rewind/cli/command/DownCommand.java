package io.rewind.cli.command;

import io.rewind.cli.node.RunningNode;
import io.rewind.cli.output.Terminal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rewind down}. */
@Command(
        name = "down",
        description = "Stop the node of this machine. Containers run on, points stay.",
        footerHeading = "%nExamples:%n",
        footer = {"  rewind down", "  rewind down --data /srv/rewind"})
final class DownCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Terminal terminal;

    @Mixin
    private NodeOptions node = new NodeOptions();

    DownCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** That none runs is what was wanted. */
    @Override
    public Integer call() {
        Optional<RunningNode> running = RunningNode.find(node.folder());
        if (running.isEmpty()) {
            terminal.print("no node is running on this machine");
            return 0;
        }
        terminal.progress("stopping the node, pid " + running.get().file().pid());
        running.get().stop(LIMIT);
        terminal.print("node stopped");
        return 0;
    }
}
