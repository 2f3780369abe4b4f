package io.rewind.benchmarks.workloads;

import io.rewind.benchmarks.figure.Cell;
import io.rewind.benchmarks.figure.Report;
import io.rewind.benchmarks.figure.Sheet;
import io.rewind.benchmarks.subject.Workload;
import io.rewind.cli.output.Terminal;
import io.rewind.runtime.fault.Fault;
import java.util.List;

/** The workloads' page. One that cannot be measured is shown with its reason; the others go on. */
public final class WorkloadReport {
    private final WorkloadExperiment experiment;
    private final Terminal terminal;
    private final Sheet costs = new Sheet(
            "workloads-points",
            "workload",
            "delta points",
            "changed, raw",
            "stored",
            "freeze",
            "freeze to restorable",
            "node CPU a point");
    private final Sheet notice = new Sheet(
            "workloads-notice",
            "workload",
            "throughput uncaptured",
            "kept while captured",
            "longest stall, captured",
            "longest stall, uncaptured");
    private final Sheet back = new Sheet(
            "workloads-restore",
            "workload",
            "request to running",
            "of it without a process",
            "request to all memory",
            "request to answer");

    public WorkloadReport(WorkloadExperiment experiment, Terminal terminal) {
        this.experiment = experiment;
        this.terminal = terminal;
    }

    public Report of(List<Workload> workloads) {
        for (Workload workload : workloads) {
            try {
                add(experiment.run(terminal, workload));
            } catch (Fault e) {
                terminal.say(workload.name() + ": " + e.sentence());
                costs.missing(workload.name(), e.sentence());
                notice.missing(workload.name(), "see above");
                back.missing(workload.name(), "see above");
            }
        }
        terminal.print(costs.text() + "\n" + notice.text() + "\n" + back.text());
        return new Report("workloads", "What services notice, what a point costs, how soon they are back")
                .text(
                        "Each service runs with a load of its own, captured every "
                                + experiment.interval().toMillis() / 1000.0 + " s and not captured by turns, "
                                + experiment.pairs() + " pairs of slices of "
                                + experiment.slice().toSeconds()
                                + " s. Load, service and node share the machine's processors. Figures: median (lowest … highest).")
                .sheet("What a point costs", costs)
                .text("""
                        *stored* is what the store's disk takes for a point. *node CPU* is broker, agent with CRIU, encoder
                        and store together, less what they take while nothing is captured.""")
                .sheet("What the service notices", notice)
                .text("""
                        Stalls are seen by a small program inside the container that looks at the clock every millisecond and
                        tells those of 5 ms or more.""")
                .sheet("How soon it is back, in place", back)
                .text("""
                        Of a point just captured, with the present captured before it is given up (so that the restore can be
                        undone), and without load. From a certain size on, memory arrives after the start: everything is on the
                        host and verified before, and comes when it is touched, the rest in the background.""");
    }

    private void add(WorkloadFigures figures) {
        costs.row(
                Cell.words(figures.name()),
                figures.points(),
                figures.changedBytes(),
                figures.storedBytes(),
                figures.freeze(),
                figures.untilRestorable(),
                figures.cpuPerPoint());
        notice.row(
                Cell.words(figures.name()),
                figures.throughput(),
                figures.throughputKept(),
                figures.stall(figures.captured()),
                figures.stall(figures.uncaptured()));
        back.row(
                Cell.words(figures.name()),
                figures.running(),
                figures.withoutProcess(),
                figures.whole(),
                figures.answering());
    }
}
