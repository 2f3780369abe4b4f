package io.rewind.benchmarks.scale;

import io.rewind.benchmarks.figure.Unit;

/** How figures are scaled for an axis of a picture. */
public enum Amount {
    MIB("MiB", 1 << 20),
    KIB("KiB", 1 << 10),
    MILLIS("ms", 1e6),
    SECONDS("s", 1e9),
    PERCENT("%", 0.01),
    COUNT("", 1),
    PER_SECOND("per second", 1);

    private final String label;
    private final double base;

    Amount(String label, double base) {
        this.label = label;
        this.base = base;
    }

    static Amount of(Unit unit) {
        return switch (unit) {
            case BYTES -> MIB;
            case NANOS -> MILLIS;
            case COUNT -> COUNT;
            case PER_SECOND -> PER_SECOND;
            case RATIO -> PERCENT;
        };
    }

    /** From the base unit. */
    double scaled(double value) {
        return value / base;
    }

    /** "freeze [ms]", or "files" where nothing need be said. */
    String title(String what) {
        return label.isEmpty() ? what : what + " [" + label + "]";
    }
}
