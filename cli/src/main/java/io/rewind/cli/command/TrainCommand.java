package io.rewind.cli.command;

import io.rewind.cli.client.Feed;
import io.rewind.cli.client.Points;
import io.rewind.cli.client.Session;
import io.rewind.cli.output.Terminal;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.topic.Topics;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code rewind train}: does what commands do, up to where something would change, for a virtual machine that notes what it
 * loads for that. The launcher runs it once, after the first {@code up}; see ADR 051.
 */
@Command(name = "train", hidden = true, description = "For the launcher: later commands start faster.")
final class TrainCommand implements Callable<Integer> {
    /** Whether there is one does not matter. */
    private static final ContainerName ANY = new ContainerName("rewind-train");

    private final Terminal terminal;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    TrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Session session = cluster.session()) {
            try (Feed results = session.follow(Topics.RESTORE_RESULTS)) {
                session.connect(Topics.RESTORE_REQUESTS);
                terminal.progress("training", results.next().size());
            }
            new Points(session).of(ANY);
        } catch (Fault e) {
            // That far will do.
            terminal.progress(e.sentence(), 100);
        }
        return 0;
    }
}
