package io.rewind.cli.command;

import io.rewind.cli.demo.Demo;
import io.rewind.cli.output.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rewind demo}. */
@Command(
        name = "demo",
        description = {
            "Run a container, capture it, break it, put it back, and prove it from inside.",
            "With a node, a container and an image of its own; all of it is gone afterwards."
        },
        footerHeading = "%nExamples:%n",
        footer = "  rewind demo")
final class DemoCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final String mainClass;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    DemoCommand(Terminal terminal, String mainClass) {
        this.terminal = terminal;
        this.mainClass = mainClass;
    }

    @Override
    public Integer call() {
        return new Demo(terminal, mainClass).run() ? 0 : Failures.NOT_DONE;
    }
}
