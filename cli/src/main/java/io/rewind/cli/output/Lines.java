package io.rewind.cli.output;

/** A result of any number of lines, of which few are kept. */
public final class Lines implements AutoCloseable {
    private static final int KEPT = 16 << 10;

    private final Terminal terminal;
    private final StringBuilder lines = new StringBuilder();

    public Lines(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param line without its end */
    public void add(String line) {
        lines.append(line).append('\n');
        if (lines.length() > KEPT) {
            flush();
        }
    }

    public void flush() {
        if (!lines.isEmpty()) {
            terminal.print(lines.toString());
            lines.setLength(0);
        }
    }

    @Override
    public void close() {
        flush();
    }
}
