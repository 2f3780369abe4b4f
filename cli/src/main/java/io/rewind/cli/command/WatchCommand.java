package io.rewind.cli.command;

import io.rewind.cli.client.CallFault;
import io.rewind.cli.client.Durations;
import io.rewind.cli.client.Preflights;
import io.rewind.cli.client.Session;
import io.rewind.cli.client.Watches;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.view.PreflightView;
import io.rewind.event.PreflightAnswered;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.id.ContainerName;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rewind watch}. */
@Command(
        name = "watch",
        description = "Capture a container again and again, from now on. Says what speaks against it.",
        footerHeading = "%nExamples:%n",
        footer = {"  rewind watch web", "  rewind watch web --interval 1s"})
final class WatchCommand implements Callable<Integer> {
    private static final Duration LEAST = Duration.ofMillis(100);

    private final Terminal terminal;

    @Parameters(paramLabel = "CONTAINER", description = "Its name or id.")
    private String container = "";

    @Option(names = "--interval", paramLabel = "TIME", description = "From one point to the next: 500ms, 5s, 1m.")
    private String interval = "5s";

    @Option(names = "--host", paramLabel = "HOST", description = "Only on this host (default: whichever has it).")
    private String host = "";

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    WatchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ContainerName name = new ContainerName(container);
        Duration every = Durations.parse("--interval", interval);
        if (every.compareTo(LEAST) < 0) {
            throw new Fault(CallFault.BAD_VALUE, Severity.REJECTED, "--interval: must be at least 100ms");
        }
        Optional<PreflightAnswered> found;
        try (Session session = cluster.session()) {
            found = new Preflights(session).of(name, host);
            new Watches(session).watch(name, host, every);
        }
        terminal.print("watching " + name + " every " + interval + "; `rewind points " + name + "` lists its points");
        if (found.isEmpty()) {
            terminal.say("no host has a running container " + name + " now; it is captured as soon as there is one");
        }
        found.map(PreflightView::lines).filter(lines -> !lines.isEmpty()).ifPresent(terminal::print);
        return found.filter(PreflightView::refused).isPresent() ? Failures.NOT_DONE : 0;
    }
}
