package io.rewind.cli.command;

import io.rewind.cli.node.NodeFlags;
import io.rewind.cli.output.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** The tree of commands. */
@Command(
        name = "rewind",
        description = "A time machine for running Docker containers.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Commands.Version.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rewind demo                         see it work, leaves nothing behind",
            "  rewind up                           start the node of this machine",
            "  rewind watch web --interval 5s      capture the container web from now on",
            "  rewind points web                   the moments it can go back to",
            "  rewind restore web --at -30s        put it back by half a minute",
            "  rewind diff web -5m latest          what changed since then",
            "  rewind extract web -5m /etc/passwd  a file as it was"
        })
public final class Commands implements Runnable {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit; likewise for each command.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean version;

    private Commands() {}

    /** @return the exit code */
    public static int run(Terminal terminal, String mainClass, String... args) {
        return tree(terminal, mainClass, new BenchCommand(terminal)).execute(args);
    }

    /** @param bench what stands for that word, annotated for picocli: for a program that has benchmarks */
    public static int runWith(Object bench, Terminal terminal, String mainClass, String... args) {
        return tree(terminal, mainClass, bench).execute(args);
    }

    static CommandLine tree(Terminal terminal, String mainClass, Object bench) {
        CommandLine tree = new CommandLine(new Commands())
                .addSubcommand(new DemoCommand(terminal, mainClass))
                .addSubcommand(new TestCommand(terminal))
                .addSubcommand(bench)
                .addSubcommand(new UpCommand(terminal, mainClass))
                .addSubcommand(new DownCommand(terminal))
                .addSubcommand(new StatusCommand(terminal))
                .addSubcommand(new PreflightCommand(terminal))
                .addSubcommand(new ServiceCommand())
                .addSubcommand(new TopicsCommand(terminal))
                .addSubcommand(new TrainCommand(terminal))
                .addSubcommand(new WatchCommand(terminal))
                .addSubcommand(new UnwatchCommand(terminal))
                .addSubcommand(new CaptureCommand(terminal))
                .addSubcommand(new PointsCommand(terminal))
                .addSubcommand(new RestoreCommand(terminal))
                .addSubcommand(new PinCommand(terminal))
                .addSubcommand(new PruneCommand(terminal))
                .addSubcommand(new VerifyCommand(terminal))
                .addSubcommand(looking(new FilesCommand(terminal)))
                .addSubcommand(looking(new ExtractCommand(terminal)))
                .addSubcommand(looking(new DiffCommand(terminal)))
                .addSubcommand(looking(new PsCommand(terminal)));
        Failures failures = new Failures(terminal, System.getenv());
        return tree.setOut(terminal.outWriter())
                .setErr(terminal.errWriter())
                .setParameterExceptionHandler(failures::notUnderstood)
                .setExecutionExceptionHandler((e, command, parsed) -> failures.notDone(e));
    }

    /** A command that takes a point where an argument goes: -30s is one, no option. */
    private static CommandLine looking(Object command) {
        return new CommandLine(command).setUnmatchedOptionsArePositionalParams(true);
    }

    /** Without a command: what there is. */
    @Override
    public void run() {
        throw new Usage("say what to do; `rewind -h` lists the commands");
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"rewind " + NodeFlags.version()};
        }
    }
}
