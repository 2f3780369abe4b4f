package io.rewind.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows under headings, columns as wide as their widest cell; a heading that begins with {@code >} aligns right. */
public final class Table {
    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        this.headings = List.of(headings);
    }

    /** @throws IllegalArgumentException unless there is one cell a heading */
    public Table row(String... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException(cells.length + " cells under " + headings.size() + " headings");
        }
        rows.add(List.of(cells));
        return this;
    }

    /** Lines, each with its end. */
    @Override
    public String toString() {
        List<String> titles =
                headings.stream().map(h -> isRight(h) ? h.substring(1) : h).toList();
        int[] widths =
                IntStream.range(0, titles.size()).map(i -> width(titles, i)).toArray();
        StringBuilder text = new StringBuilder(line(titles, widths));
        rows.forEach(row -> text.append(line(row, widths)));
        return text.toString();
    }

    private int width(List<String> titles, int column) {
        return Math.max(
                titles.get(column).length(),
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }

    private String line(List<String> cells, int[] widths) {
        return IntStream.range(0, cells.size())
                        .mapToObj(i -> pad(cells.get(i), widths[i], isRight(headings.get(i))))
                        .collect(Collectors.joining("  "))
                        .stripTrailing()
                + "\n";
    }

    private static String pad(String cell, int width, boolean right) {
        String space = " ".repeat(width - cell.length());
        return right ? space + cell : cell + space;
    }

    private static boolean isRight(String heading) {
        return heading.startsWith(">");
    }
}
