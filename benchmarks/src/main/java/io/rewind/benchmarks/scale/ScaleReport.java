package io.rewind.benchmarks.scale;

import io.rewind.benchmarks.figure.Report;
import io.rewind.benchmarks.figure.Sheet;
import java.util.List;

/** The page of all axes. A size that cannot be measured is shown with its reason; the others go on. */
public final class ScaleReport {
    private static final int REMARKS = 5;

    private final Trial trial;
    private final Remarks said;

    public ScaleReport(Trial trial, Remarks said) {
        this.trial = trial;
        this.said = said;
    }

    /** All there are, in the order of the page. */
    public static List<Axis> axes() {
        return List.of(
                new MemoryAxis(),
                new WrittenAxis(),
                new FilesAxis(),
                new ContainersAxis(),
                new TimelineAxis(),
                new PartitionsAxis());
    }

    /** A page without axes. */
    public Report begin() {
        return new Report("scale", "How cost grows").text("""
                        One thing grows, the rest stays; each size on a node and containers of its own, which are gone
                        before the next. Settings are the defaults. Figures: median (lowest … highest). A *bend* is where a
                        line's growth changes by more than its points scatter; it is found by arithmetic, from the figures of this run.""");
    }

    /** Measures the axis and puts it at the end of the page. */
    public void add(Axis axis, Report report) {
        Profile profile = axis.profile();
        AxisRun run = new AxisRun(profile);
        axis.values(trial.quick()).stream()
                .limit(trial.sizes())
                .forEach(value -> run.add(value, measured(axis, value)));
        Sheet sheet = run.sheet();
        trial.terminal().print(sheet.text());
        report.sheet(profile.title(), sheet).text(profile.mechanism());
        run.plots().forEach(report::plot);
        list(report, "Bends:", run.bends());
        said.on(profile.name()).ifPresent(report::text);
        list(report, "Said during the measurement:", run.remarks());
    }

    private Figures measured(Axis axis, double value) {
        Profile profile = axis.profile();
        String size = profile.unit().text(value);
        trial.terminal().say(profile.name() + ": " + size);
        Figures figures = new Figures();
        try {
            axis.measure(value, trial, figures);
        } catch (RuntimeException e) {
            // Not only faults: whatever it was, the other sizes are worth having.
            figures.failed(e);
        }
        figures.remarks().stream()
                .limit(REMARKS)
                .forEach(remark -> trial.terminal().say(size + ": " + remark));
        return figures;
    }

    private static void list(Report report, String heading, List<String> sentences) {
        if (!sentences.isEmpty()) {
            report.text(heading + "\n\n- " + String.join("\n- ", sentences));
        }
    }
}
