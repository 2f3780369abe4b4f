package io.rewind.store.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Hands on one at a time as lists of so many. */
final class Stretches<T> {
    private final int length;
    private final Consumer<List<T>> each;
    private List<T> open = new ArrayList<>();

    Stretches(int length, Consumer<List<T>> each) {
        this.length = length;
        this.each = each;
    }

    void add(T one) {
        open.add(one);
        if (open.size() == length) {
            end();
        }
    }

    /** Hands on what is left. */
    void end() {
        if (!open.isEmpty()) {
            List<T> full = open;
            open = new ArrayList<>();
            each.accept(full);
        }
    }
}
