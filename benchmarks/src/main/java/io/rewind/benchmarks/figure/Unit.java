package io.rewind.benchmarks.figure;

import java.util.Locale;

/** What a figure counts, and how people read it. Values are always kept in the base unit. */
public enum Unit {
    BYTES("bytes"),
    NANOS("ns"),
    COUNT("count"),
    PER_SECOND("per second"),
    RATIO("ratio");

    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB"};

    private final String base;

    Unit(String base) {
        this.base = base;
    }

    /** Name of the base unit, for the heading of a column of plain numbers. */
    public String base() {
        return base;
    }

    /** For people: 1536 bytes → 1.5 KiB, a ratio of 0.5 → 50 %. */
    public String text(double value) {
        return switch (this) {
            case BYTES -> bytes(value);
            case NANOS -> nanos(value);
            case COUNT, PER_SECOND -> plain(value);
            case RATIO -> plain(value * 100) + " %";
        };
    }

    private static String bytes(double value) {
        double amount = value;
        int unit = 0;
        while (Math.abs(amount) >= 1024 && unit < BINARY.length - 1) {
            amount /= 1024;
            unit++;
        }
        return (unit == 0 ? String.format(Locale.ROOT, "%.0f", amount) : plain(amount)) + " " + BINARY[unit];
    }

    private static String nanos(double value) {
        if (Math.abs(value) >= 1e9) {
            return plain(value / 1e9) + " s";
        }
        return Math.abs(value) >= 1e6 ? plain(value / 1e6) + " ms" : plain(value / 1e3) + " µs";
    }

    /** Three digits that count, or all of those before the point. */
    private static String plain(double value) {
        double size = Math.abs(value);
        if (size == Math.rint(size) && size < 1e15) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.01 ? 3 : 5;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
