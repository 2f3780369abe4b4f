package io.rewind.cli.output;

import java.io.Console;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a command speaks: results on one stream, everything else on the other. Progress is one line that is written
 * over again, and only where a person looks on.
 */
public final class Terminal {
    private static final int BAR = 24;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;
    private int shown;

    public Terminal(PrintStream out, PrintStream err, boolean interactive) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
    }

    public static Terminal standard() {
        return new Terminal(
                System.out,
                System.err,
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent());
    }

    /** For help texts. */
    public PrintWriter outWriter() {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    public PrintWriter errWriter() {
        return new PrintWriter(err, true, StandardCharsets.UTF_8);
    }

    public boolean isInteractive() {
        return interactive;
    }

    /** A result. */
    public synchronized void print(String text) {
        clear();
        out.print(text.endsWith("\n") ? text : text + "\n");
        out.flush();
    }

    /** For a result that is no text. */
    public OutputStream bytes() {
        return out;
    }

    /** Something to know that is not the result. */
    public synchronized void say(String sentence) {
        clear();
        err.println("rewind: " + sentence);
    }

    public synchronized void progress(String what) {
        if (interactive) {
            clear();
            err.print(what);
            err.flush();
            shown = what.length();
        }
    }

    /** With a bar; {@code percent} from 0 to 100. */
    public void progress(String what, int percent) {
        int full = Math.clamp(percent, 0, 100) * BAR / 100;
        progress("[" + "#".repeat(full) + " ".repeat(BAR - full) + "] " + percent + " % " + what);
    }

    /** Takes the line of progress away. */
    public synchronized void clear() {
        if (shown > 0) {
            err.print("\r" + " ".repeat(shown) + "\r");
            err.flush();
            shown = 0;
        }
    }
}
