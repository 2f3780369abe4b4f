package io.rewind.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rewind.cli.client.Maintenance;
import io.rewind.cli.client.Session;
import io.rewind.cli.output.Json;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.view.PointView;
import io.rewind.event.PointCommitted;
import io.rewind.schemas.id.ContainerName;
import io.rewind.store.retention.KeepPolicy;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rewind prune}. */
@Command(
        name = "prune",
        description = {
            "Let go of the points that a policy does not keep. The newest and those that are pinned stay, and every",
            "point that stays can be restored as before. The disk gets its space back after a grace (two hours)."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  rewind prune web --dry-run                                   what would go",
            "  rewind prune web                                             by the policy in force",
            "  rewind prune web --keep \"all for 1h, 1/min for 24h\"          by this one",
            "  rewind prune web --keep \"1/h for 30d\" --set                  by this one, now and from now on"
        })
final class PruneCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "CONTAINER", description = "Its name or id, or the id of a timeline.")
    private String container = "";

    @Option(
            names = "--keep",
            paramLabel = "POLICY",
            description = "Which points stay, instead of what the container's label rewind.keep or the store says.")
    private Optional<String> keep = Optional.empty();

    @Option(names = "--set", description = "That policy is in force from now on.")
    private boolean stay;

    @Option(names = "--dry-run", description = "Only say what would go.")
    private boolean dryRun;

    @Option(names = "--json", description = "For programs: the points that went.")
    private boolean json;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    PruneCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ContainerName name = new ContainerName(container);
        Optional<String> policy = keep.map(KeepPolicy::parse).map(KeepPolicy::text);
        if (stay && (keep.isEmpty() || dryRun)) {
            throw new Usage("--set goes with --keep, and without --dry-run");
        }
        List<PointCommitted> gone;
        try (Session session = cluster.session()) {
            terminal.progress("pruning " + name);
            gone = new Maintenance(session).prune(name, policy, stay, dryRun);
        }
        terminal.print(json ? Json.text(json(gone)) : text(name, gone));
        return 0;
    }

    private ObjectNode json(List<PointCommitted> gone) {
        ObjectNode all = Json.object().put("dryRun", dryRun);
        ArrayNode points = all.putArray("points");
        gone.forEach(point -> points.add(PointView.json(point)));
        return all;
    }

    private String text(ContainerName name, List<PointCommitted> gone) {
        if (gone.isEmpty()) {
            return "every point of " + name + " stays";
        }
        return PointView.table(gone, ZoneId.systemDefault())
                + gone.size()
                + (gone.size() == 1 ? " point" : " points")
                + (dryRun ? " would go" : " let go");
    }
}
