package io.rewind.benchmarks.figure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One benchmark's page: text, sheets and plots in order, with the command that makes it. */
public final class Report {
    private final String name;
    private final String title;
    private final List<Part> parts = new ArrayList<>();

    private sealed interface Part {
        record Text(String text) implements Part {}

        record Figures(String heading, Sheet sheet) implements Part {}

        record Picture(Plot plot) implements Part {}
    }

    /** @param name of its page's file */
    public Report(String name, String title) {
        this.name = name;
        this.title = title;
    }

    public Report text(String text) {
        parts.add(new Part.Text(text));
        return this;
    }

    public Report sheet(String heading, Sheet sheet) {
        parts.add(new Part.Figures(heading, sheet));
        return this;
    }

    public Report plot(Plot plot) {
        if (!plot.isEmpty()) {
            parts.add(new Part.Picture(plot));
        }
        return this;
    }

    /**
     * {@code NAME.md}, and beside it a CSV file for each sheet, PNG and SVG for each plot.
     *
     * @param command as typed
     * @return the page
     */
    public Path write(Path folder, String command, String machine) throws IOException {
        Files.createDirectories(folder);
        StringBuilder page = new StringBuilder("# " + title + "\n\n    " + command + "\n\n" + machine + "\n");
        for (Part part : parts) {
            page.append('\n');
            switch (part) {
                case Part.Text(String text) -> page.append(text).append('\n');
                case Part.Figures(String heading, Sheet sheet) -> {
                    Files.writeString(folder.resolve(sheet.name() + ".csv"), sheet.csv());
                    page.append("## ").append(heading).append("\n\n").append(sheet.markdown());
                    page.append("\n[").append(sheet.name()).append(".csv](").append(sheet.name() + ".csv)\n");
                }
                case Part.Picture(Plot plot) -> {
                    plot.write(folder);
                    page.append("![").append(plot.title()).append("](").append(plot.name() + ".png)\n");
                }
            }
        }
        return Files.writeString(folder.resolve(name + ".md"), page);
    }
}
