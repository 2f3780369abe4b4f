package io.rewind.cli;

import io.rewind.cli.command.Commands;
import io.rewind.cli.output.Terminal;

/** {@code rewind}. Exit codes: 0 done, 1 not done, 2 not understood. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // Avro instantiates only classes of the packages named here; a launcher's own choice stands.
        if (System.getProperty("org.apache.avro.SERIALIZABLE_PACKAGES") == null) {
            System.setProperty("org.apache.avro.SERIALIZABLE_PACKAGES", "io.rewind.event,io.rewind.schemas");
        }
        System.exit(Commands.run(Terminal.standard(), Main.class.getName(), args));
    }
}
