package io.rewind.criu;

import java.io.IOException;

/** The number fields of one message, each there at most once. */
final class Numbers implements Wire.Numbers {
    private final long[] values;
    private int seen;

    /** For fields 1 to {@code highest}, at most 31. */
    Numbers(int highest) {
        values = new long[highest + 1];
    }

    @Override
    public void number(int field, long value) throws IOException {
        if (has(field)) {
            throw new IOException("field " + field + " is there twice");
        }
        seen |= 1 << field;
        values[field] = value;
    }

    boolean has(int field) {
        return (seen & 1 << field) != 0;
    }

    long orElse(int field, long other) {
        return has(field) ? values[field] : other;
    }

    /** The value, which has to be there and in 0 to {@code limit}. */
    long required(int field, long limit) throws IOException {
        if (!has(field)) {
            throw new IOException("field " + field + " is missing");
        }
        if (values[field] < 0 || values[field] > limit) {
            throw new IOException("field " + field + " is too large");
        }
        return values[field];
    }
}
