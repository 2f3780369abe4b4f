package io.rewind.cli.demo;

import io.rewind.cli.client.Feed;
import io.rewind.cli.client.PointChoice;
import io.rewind.cli.client.Points;
import io.rewind.cli.client.RestoreOrder;
import io.rewind.cli.client.Restores;
import io.rewind.cli.client.Session;
import io.rewind.cli.client.Watches;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.stand.Cleanup;
import io.rewind.cli.stand.Pause;
import io.rewind.cli.view.RestoreView;
import io.rewind.event.PointCommitted;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.id.ContainerName;
import io.rewind.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The demonstration, from setting the stage to leaving nothing behind. */
public final class Demo {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int POINTS = 6;
    private static final int BACK_TO = 2;
    private static final int OPENED = 4;
    /** Older than the jump by which the workload tells that it was restored. */
    private static final Duration PAST = Duration.ofSeconds(5);

    private final Terminal terminal;
    private final String mainClass;

    public Demo(Terminal terminal, String mainClass) {
        this.terminal = terminal;
        this.mainClass = mainClass;
    }

    /** @return whether every proof held */
    public boolean run() {
        try (Cleanup cleanup = new Cleanup()) {
            terminal.print("1. A node of its own, and a container that counts in memory and in a file at once");
            Stage stage = Stage.set(terminal, mainClass, cleanup);
            try (Session session = new Session(stage.node().file().bootstrap())) {
                return play(stage, session);
            } finally {
                terminal.progress("taking everything away again");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            terminal.clear();
        }
    }

    private boolean play(Stage stage, Session session) {
        ContainerName name = new ContainerName(stage.name());
        ContainerName then = new ContainerName(stage.name() + "-then");
        Workload workload = Workload.run(name.text(), stage.image());
        Proofs proofs = new Proofs(terminal);
        workload.await("to count", v -> v.isSound() && v.memory() > 1);

        terminal.print("\n2. Captured every second while it runs");
        List<PointCommitted> seen = capture(session, name);
        PointCommitted back = seen.get(BACK_TO);
        PointCommitted opened = seen.get(OPENED);

        terminal.print("\n3. Vandalised: its memory overwritten, its files deleted");
        Counts counts = workload.counts();
        workload.vandalise();
        Verdict broken = workload.await("to notice", v -> !v.agrees());
        proofs.that(
                broken.memory() == Workload.WRONG_COUNT && broken.file().isEmpty(),
                name + " is broken: memory says " + broken.memory() + ", its file is gone");

        terminal.print("\n4. Put back to point " + id(back) + ", and point " + id(opened) + " opened beside it");
        RestoreProgress inPlace = restore(session, back, RestoreOrder.inPlace(name, PointChoice.byId(id(back))));
        RestoreProgress clone = restore(session, opened, RestoreOrder.clone(name, PointChoice.byId(id(opened)), then));
        new Watches(session).unwatch(name, "");

        terminal.print("\n5. Asked inside both");
        proofs.restored(workload, counts.at(back.getHeader().getCaptured()));
        proofs.restored(new Workload(then.text()), counts.at(opened.getHeader().getCaptured()));

        terminal.print("\n" + Summary.of(new Points(session).of(name), inPlace, clone));
        terminal.print(proofs.allHold() ? "Every proof held." : "Not every proof held.");
        return proofs.allHold();
    }

    private List<PointCommitted> capture(Session session, ContainerName name) {
        try (Feed feed = session.follow(Topics.POINTS)) {
            new Watches(session).watch(name, "", INTERVAL);
            return new PointTable(terminal, name.text()).await(feed, POINTS);
        }
    }

    private RestoreProgress restore(Session session, PointCommitted point, RestoreOrder order) {
        Duration age = Duration.between(point.getHeader().getCaptured(), Instant.now());
        if (age.compareTo(PAST) < 0) {
            Pause.of(PAST.minus(age));
        }
        RestoreProgress last = new Restores(session)
                .run(order, news -> terminal.progress(RestoreView.step(news), RestoreView.percent(news)));
        if (last.getState() != RestoreState.RUNNING) {
            throw new Fault(
                    DemoFault.RESTORE_FAILED,
                    Severity.REJECTED,
                    "not restored: " + last.getMessage() + " (" + last.getCode() + ")");
        }
        terminal.print("  "
                + RestoreView.done(
                        last, order.asName().orElse(order.container()).text()));
        return last;
    }

    private static String id(PointCommitted point) {
        return point.getHeader().getPoint();
    }
}
