package io.rewind.benchmarks.figure;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines over one axis, drawn as PNG and SVG. Figures come scaled: the axis titles say in which unit. */
public final class Plot {
    /** Told apart also by those who see few colours, and in grey. */
    private static final List<Color> COLORS = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0x56B4E9),
            new Color(0xE69F00),
            new Color(0x000000));

    /** Pixels. */
    private static final int WIDE_STEP = 180;

    private static final float THICK = 6.4f;
    private static final float STEP = 2.1f;
    private static final float THIN = 2.2f;

    private final String name;
    private final XYChart chart;
    private final List<String> lines = new ArrayList<>();

    /** @param name of its files */
    public Plot(String name, String title, String x, String y) {
        this.name = name;
        this.chart = new XYChartBuilder()
                .width(960)
                .height(540)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        var style = chart.getStyler();
        style.setSeriesColors(COLORS.toArray(Color[]::new));
        style.setLegendPosition(Styler.LegendPosition.OutsideE);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBorderVisible(false);
        style.setLegendBorderColor(Color.WHITE);
        style.setPlotGridLinesColor(new Color(0xE6E6E6));
        // Dashes would be most of an SVG file.
        style.setPlotGridLinesStroke(new BasicStroke(0.8f));
        style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
        style.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        style.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        style.setLocale(Locale.ROOT);
        style.setYAxisMin(0.0);
        style.setDecimalPattern("#,###.###");
    }

    public String name() {
        return name;
    }

    public String title() {
        return chart.getTitle();
    }

    /** For figures over several powers of ten; none may be zero. */
    public Plot logarithmic(boolean x, boolean y) {
        chart.getStyler().setXAxisLogarithmic(x).setYAxisLogarithmic(y);
        if (y) {
            // Then there is no zero to begin with.
            chart.getStyler().setYAxisMin(null);
        }
        return this;
    }

    /** For small counts: nothing stands between two whole numbers. */
    public Plot wholeSteps() {
        chart.getStyler().setXAxisTickMarkSpacingHint(WIDE_STEP);
        return this;
    }

    /** Points without a figure are left out by the caller; a line without any is not drawn. */
    public Plot line(String label, List<Double> x, List<Double> y) {
        if (x.isEmpty()) {
            return this;
        }
        XYSeries series = chart.addSeries(label, x, y);
        series.setMarker(SeriesMarkers.CIRCLE);
        // A line that another covers shows at its sides.
        series.setLineStyle(new BasicStroke(Math.max(THIN, THICK - STEP * lines.size())));
        lines.add(label);
        return this;
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** {@code NAME.png} and {@code NAME.svg} in {@code folder}. */
    void write(Path folder) throws IOException {
        String file = folder.resolve(name).toString();
        BitmapEncoder.saveBitmapWithDPI(chart, file, BitmapEncoder.BitmapFormat.PNG, 144);
        try (OutputStream svg = Files.newOutputStream(folder.resolve(name + ".svg"))) {
            VectorGraphics2D commands = new VectorGraphics2D();
            chart.paint(commands, chart.getWidth(), chart.getHeight());
            Processors.get("svg")
                    .getDocument(commands.getCommands(), new PageSize(chart.getWidth(), chart.getHeight()))
                    .writeTo(svg);
        }
    }
}
