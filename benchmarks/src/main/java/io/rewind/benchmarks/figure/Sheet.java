package io.rewind.benchmarks.figure;

import io.rewind.cli.output.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows of figures under headings: shown on a terminal, in a page, and kept as numbers. */
public final class Sheet {
    private final String name;
    private final List<String> headings;
    private final List<List<Cell>> rows = new ArrayList<>();

    /** @param name of its file, and what it is called in a page */
    public Sheet(String name, String... headings) {
        this.name = name;
        this.headings = List.of(headings);
    }

    public String name() {
        return name;
    }

    /** @throws IllegalArgumentException unless there is one cell a heading */
    public Sheet row(Cell... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException(cells.length + " cells under " + headings.size() + " headings");
        }
        rows.add(List.of(cells));
        return this;
    }

    /** A row that has no figures at all. */
    public Sheet missing(String what, String reason) {
        Cell[] cells = new Cell[headings.size()];
        Arrays.fill(cells, Cell.missing(""));
        cells[0] = Cell.words(what);
        cells[1] = Cell.missing(reason);
        return row(cells);
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Columns as wide as their widest cell. */
    public String text() {
        Table table = new Table(Stream.concat(
                        headings.stream().limit(1), headings.stream().skip(1).map(h -> ">" + h))
                .toArray(String[]::new));
        for (List<Cell> row : rows) {
            table.row(row.stream().map(Cell::text).toArray(String[]::new));
        }
        return table.toString();
    }

    public String markdown() {
        StringBuilder page = new StringBuilder("| " + String.join(" | ", headings) + " |\n|"
                + " --- |"
                + " ---: |".repeat(headings.size() - 1) + "\n");
        for (List<Cell> row : rows) {
            page.append(row.stream()
                    .map(cell -> cell.text().replace("|", "\\|").replace('\n', ' '))
                    .collect(Collectors.joining(" | ", "| ", " |\n")));
        }
        return page.toString();
    }

    /**
     * Numbers in base units, nothing rounded. A column of figures becomes one column, or, where any cell comes from
     * several runs, three: median, min, max. What is missing is empty, its reason in the last column.
     */
    public String csv() {
        List<String> titles = new ArrayList<>();
        for (int i = 0; i < headings.size(); i++) {
            String title = headings.get(i) + unit(i);
            titles.add(title);
            if (isSpread(i)) {
                titles.addAll(List.of(title + " min", title + " max"));
            }
        }
        titles.add("missing");
        StringBuilder file = new StringBuilder(line(titles));
        for (List<Cell> row : rows) {
            file.append(line(numbers(row)));
        }
        return file.toString();
    }

    private List<String> numbers(List<Cell> row) {
        List<String> numbers = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            List<String> cell = new ArrayList<>();
            switch (row.get(i)) {
                case Cell.Words words -> cell.add(words.text());
                case Cell.Missing missing -> {
                    if (!missing.reason().isEmpty()) {
                        reasons.add(headings.get(i) + ": " + missing.reason());
                    }
                }
                case Cell.Figure(Spread s, Unit unit) -> {
                    cell.add(Double.toString(s.median()));
                    if (isSpread(i)) {
                        cell.addAll(List.of(Double.toString(s.min()), Double.toString(s.max())));
                    }
                }
            }
            while (cell.size() < (isSpread(i) ? 3 : 1)) {
                cell.add("");
            }
            numbers.addAll(cell);
        }
        numbers.add(String.join("; ", reasons));
        return numbers;
    }

    private boolean isSpread(int column) {
        return rows.stream()
                .anyMatch(row -> row.get(column) instanceof Cell.Figure(Spread s, Unit unit) && s.runs() > 1);
    }

    private String unit(int column) {
        return rows.stream()
                .map(row -> row.get(column))
                .filter(Cell.Figure.class::isInstance)
                .map(cell -> " [" + ((Cell.Figure) cell).unit().base() + "]")
                .findFirst()
                .orElse("");
    }

    private static String line(List<String> fields) {
        return fields.stream()
                .map(f -> f.matches("[^\",\n\r]*") ? f : '"' + f.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(",", "", "\n"));
    }
}
