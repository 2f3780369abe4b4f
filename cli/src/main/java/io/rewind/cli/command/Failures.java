package io.rewind.cli.command;

import io.rewind.cli.output.Terminal;
import io.rewind.runtime.fault.Fault;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Failures as people get to see them: one sentence and an exit code; traces only where REWIND_DEBUG is set. */
final class Failures {
    static final int NOT_DONE = 1;
    static final int NOT_UNDERSTOOD = 2;
    private static final String DEBUG = "REWIND_DEBUG";
    /** Faults of what was typed. */
    private static final Set<String> TYPED = Set.of("BAD_VALUE", "ID_INVALID", "PATH_INVALID", "POLICY_INVALID");

    private final Terminal terminal;
    private final boolean debug;

    Failures(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.debug = environment.containsKey(DEBUG);
    }

    int notUnderstood(ParameterException e, String... args) {
        CommandLine command = e.getCommandLine();
        String sentence = e instanceof UnmatchedArgumentException unmatched
                ? "`" + unmatched.getUnmatched().getFirst() + "` is not understood"
                : firstLine(String.valueOf(e.getMessage()));
        terminal.say(sentence + "; see `" + command.getCommandSpec().qualifiedName() + " -h`");
        return NOT_UNDERSTOOD;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("not understood").replaceFirst("^Error: ", "");
    }

    int notDone(Exception e) {
        if (debug) {
            e.printStackTrace();
        }
        return switch (e) {
            case Usage usage -> {
                terminal.say(String.valueOf(usage.getMessage()));
                yield NOT_UNDERSTOOD;
            }
            case Fault fault -> {
                terminal.say(fault.sentence());
                yield TYPED.contains(fault.code().name()) ? NOT_UNDERSTOOD : NOT_DONE;
            }
            default -> {
                terminal.say("unexpected " + e.getClass().getSimpleName() + ": " + e.getMessage() + " (set " + DEBUG
                        + "=1 to see where)");
                yield NOT_DONE;
            }
        };
    }
}
