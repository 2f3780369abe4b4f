package io.rewind.cli.command;

import io.rewind.cli.client.Maintenance;
import io.rewind.cli.client.Session;
import io.rewind.cli.output.Json;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.view.VerifyView;
import io.rewind.read.Damage;
import io.rewind.read.VerifyProgress;
import io.rewind.schemas.id.ContainerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rewind verify}. */
@Command(
        name = "verify",
        description = {
            "Read everything that is stored, or what one container's points need, and prove every point.",
            "Exit code 0 only when all of it is as it was captured; damage is named by point and place."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  rewind verify", "  rewind verify web", "  rewind verify --json"})
final class VerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            arity = "0..1",
            paramLabel = "CONTAINER",
            description = "Its name or id, or the id of a timeline (default: everything).")
    private Optional<String> container = Optional.empty();

    @Option(names = "--json", description = "For programs: what was read, and the damage.")
    private boolean json;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Optional<ContainerName> name = container.map(ContainerName::new);
        List<Damage> found = new ArrayList<>();
        VerifyProgress proved;
        try (Session session = cluster.session()) {
            proved = new Maintenance(session)
                    .verify(
                            name,
                            news -> terminal.progress(VerifyView.step(news), VerifyView.percent(news)),
                            damage -> found(damage, found));
        }
        if (json) {
            terminal.print(Json.text(VerifyView.json(proved, found)));
        } else if (found.isEmpty()) {
            terminal.print(VerifyView.done(proved));
        }
        if (!found.isEmpty()) {
            terminal.say(
                    "damage was found in " + VerifyView.read(proved) + "; points that were not named are unharmed");
        }
        return found.isEmpty() ? 0 : Failures.NOT_DONE;
    }

    private void found(Damage damage, List<Damage> found) {
        found.add(damage);
        if (!json) {
            terminal.print(VerifyView.line(damage));
        }
    }
}
