package io.rewind.cli.command;

import io.rewind.cli.client.CallFault;
import io.rewind.cli.client.Preflights;
import io.rewind.cli.client.Session;
import io.rewind.cli.output.Json;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.view.PreflightView;
import io.rewind.event.PreflightAnswered;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.id.ContainerName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rewind preflight}. */
@Command(
        name = "preflight",
        description = "Whether a container can be captured, and if not, why. Exit code 0 only when nothing is refused.",
        footerHeading = "%nExamples:%n",
        footer = {"  rewind preflight web", "  rewind preflight web --json"})
final class PreflightCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "CONTAINER", description = "Its name or id.")
    private String container = "";

    @Option(names = "--host", paramLabel = "HOST", description = "On this host (default: whichever has it).")
    private String host = "";

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    PreflightCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ContainerName name = new ContainerName(container);
        PreflightAnswered answer;
        try (Session session = cluster.session()) {
            answer = new Preflights(session)
                    .of(name, host)
                    .orElseThrow(() -> new Fault(
                            CallFault.CONTAINER_UNKNOWN,
                            Severity.REJECTED,
                            "no host has a running container " + name + "; `docker ps` lists those that run"));
        }
        String lines = PreflightView.lines(answer);
        if (json) {
            terminal.print(Json.text(PreflightView.json(answer)));
        } else {
            terminal.print(lines.isEmpty() ? "nothing speaks against capturing " + answer.getName() : lines);
        }
        return PreflightView.refused(answer) ? Failures.NOT_DONE : 0;
    }
}
