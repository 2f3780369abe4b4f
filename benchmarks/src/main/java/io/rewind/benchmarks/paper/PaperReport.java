package io.rewind.benchmarks.paper;

import io.rewind.benchmarks.figure.Cell;
import io.rewind.benchmarks.figure.Plot;
import io.rewind.benchmarks.figure.Report;
import io.rewind.benchmarks.figure.Sheet;
import io.rewind.benchmarks.subject.Workload;
import io.rewind.cli.output.Terminal;
import io.rewind.runtime.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** The experiment's page: for each workload the three lines, and all of them in one table. */
public final class PaperReport {
    private static final double MEBI = 1 << 20;
    private static final int STEPS = 10;

    private final PaperExperiment experiment;
    private final Terminal terminal;

    public PaperReport(PaperExperiment experiment, Terminal terminal) {
        this.experiment = experiment;
        this.terminal = terminal;
    }

    public Report of(List<Workload> workloads) {
        Report report = new Report("paper", "Snapshots of one container, added up").text("""
                        The experiment of S.-H. Choi and K.-W. Park, "Timeline-Based Container Restore via a Computationally
                        Efficient Snapshot", ICNGC 2020, which reports 37.8 % of full snapshots for `stress --vm 1`. Three
                        kinds of snapshot of the same instants: *full* is every page, file and process image; *dirty* is
                        pages written since the snapshot before (be it to the same content) and files changed, raw, as the
                        paper stores it; *Rewind* is what the store's
                        disk takes. Only with Rewind does no snapshot need another.""");
        Sheet summary = new Sheet(
                "paper-summary",
                "workload",
                "points",
                "interval",
                "full",
                "dirty",
                "Rewind",
                "dirty / full",
                "Rewind / full",
                "store on disk");
        List<Accumulation> all = new ArrayList<>();
        for (Workload workload : workloads) {
            try {
                Accumulation each = experiment.run(terminal, workload);
                all.add(each);
                summary.row(summary(each));
            } catch (Fault e) {
                terminal.say(workload.name() + ": " + e.sentence());
                summary.missing(workload.name(), e.sentence());
            }
        }
        terminal.print(summary.text());
        report.sheet("After the last point", summary);
        for (Accumulation each : all) {
            report.sheet("Workload " + each.workload(), steps(each)).plot(plot(each));
        }
        return report;
    }

    private static Cell[] summary(Accumulation a) {
        Snapshot last = a.last();
        return new Cell[] {
            Cell.words(a.workload()),
            Cell.count(a.sums().size()),
            Cell.time(a.meanInterval()),
            Cell.bytes(last.full()),
            Cell.bytes(last.dirty()),
            Cell.bytes(last.rewind()),
            Cell.ratio((double) last.dirty() / last.full()),
            Cell.ratio((double) last.rewind() / last.full()),
            Cell.bytes(a.onDisk())
        };
    }

    private static Sheet steps(Accumulation a) {
        Sheet sheet = new Sheet("paper-" + a.workload(), "points", "full", "dirty", "Rewind");
        for (int i = 0; i < a.sums().size(); i++) {
            if (i == 0 || (i + 1) % STEPS == 0) {
                Snapshot sum = a.sums().get(i);
                sheet.row(Cell.count(i + 1), Cell.bytes(sum.full()), Cell.bytes(sum.dirty()), Cell.bytes(sum.rewind()));
            }
        }
        return sheet;
    }

    private static Plot plot(Accumulation a) {
        Plot plot = new Plot(
                        "paper-" + a.workload(),
                        "Accumulated size of snapshots, workload " + a.workload(),
                        "snapshots",
                        "MiB, accumulated")
                .logarithmic(false, true);
        line(plot, "full snapshots", a, Snapshot::full);
        line(plot, "dirty pages (the paper)", a, Snapshot::dirty);
        line(plot, "Rewind", a, Snapshot::rewind);
        return plot;
    }

    private static void line(Plot plot, String label, Accumulation a, ToLongFunction<Snapshot> size) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int i = 0; i < a.sums().size(); i++) {
            if (i == 0 || (i + 1) % STEPS == 0) {
                x.add(i + 1.0);
                y.add(size.applyAsLong(a.sums().get(i)) / MEBI);
            }
        }
        plot.line(label, x, y);
    }
}
