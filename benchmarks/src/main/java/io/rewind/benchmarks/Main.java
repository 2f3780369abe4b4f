package io.rewind.benchmarks;

import io.rewind.benchmarks.command.BenchCommand;
import io.rewind.cli.command.Commands;
import io.rewind.cli.output.Terminal;

/** {@code rewind}, with {@code bench} being more than a word. Exit codes: 0 done, 1 not done, 2 not understood. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.setProperty("org.apache.avro.SERIALIZABLE_PACKAGES", "io.rewind.event,io.rewind.schemas");
        // Pictures are drawn without a screen.
        System.setProperty("java.awt.headless", "true");
        Terminal terminal = Terminal.standard();
        System.exit(Commands.runWith(BenchCommand.tree(terminal), terminal, "io.rewind.cli.Main", args));
    }
}
