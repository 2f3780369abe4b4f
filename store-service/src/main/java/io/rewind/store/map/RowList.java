package io.rewind.store.map;

import java.util.ArrayList;
import java.util.List;

/** Rows in the making. What goes on where the row before ended becomes one with it. */
final class RowList {
    private final List<Row> rows = new ArrayList<>();

    /** After all that are there. */
    void append(Row row) {
        if (!rows.isEmpty() && rows.getLast().goesOnIn(row)) {
            Row last = rows.removeLast();
            rows.add(new Row(last.first(), last.count() + row.count(), last.place()));
        } else {
            rows.add(row);
        }
    }

    /** Wherever it belongs, in place of what was there. */
    void set(Row row) {
        if (rows.isEmpty() || rows.getLast().end() <= row.first()) {
            append(row);
        } else {
            Segment all = new Segment(List.of(row), 0).over(new Segment(rows, 0));
            rows.clear();
            rows.addAll(all.rows());
        }
    }

    /** Not to be changed meanwhile. */
    List<Row> rows() {
        return rows;
    }
}
