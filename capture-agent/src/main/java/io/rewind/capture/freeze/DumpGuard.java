package io.rewind.capture.freeze;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends a dump at the freeze limit, and when this process dies, without harm to the container. CRIU runs code of its own
 * in the container's processes, each stretch of it up to a trap: a process whose CRIU is killed in such an instant dies
 * of the SIGTRAP. So CRIU is not killed. The folder of its images is removed, and CRIU takes that it cannot make the next
 * one as any other error: it puts back what it changed and lets everything run on. Once the inventory is there, the last
 * of the images, nothing of CRIU's is in the container any longer, and it may be killed.
 *
 * <pre>
 *   setsid ─ timeout ─ sh (the script) ─ criu
 *            SIGTERM    SIGTERM          SIGKILL    sent to each when the one to its left dies
 * </pre>
 */
final class DumpGuard {
    /** Exit code of {@code timeout}. */
    static final int LIMIT_PASSED = 124;

    /** For a CRIU that hangs: until then a container rather stands still for longer than is lost. */
    private static final Duration LAST_RESORT = Duration.ofSeconds(5);

    private static final String SCRIPT = """
            images=$1 resort=$2 criu= last=
            shift 2
            end() {
                [ -z "$last" ] || return
                : "${criu:=$!}"
                [ -n "$criu" ] || exit 143
                { sleep "$resort" && kill -KILL "$criu"; } >/dev/null 2>&1 &
                last=$!
                while [ -d "$images" ] && ! rmdir "$images"; do
                    if [ -e "$images/inventory.img" ]; then
                        kill -KILL "$criu"
                        return
                    fi
                    rm -f "$images"/[!i]* "$images"/i[!n]* "$images"/in[!v]*
                done
            }
            trap end TERM
            echo -1000 2>/dev/null >/proc/self/oom_score_adj
            setpriv --pdeathsig KILL "$@" &
            criu=$!
            wait "$criu"
            code=$?
            while [ "$code" = 143 ]; do
                wait "$criu"
                code=$?
            done
            [ -z "$last" ] || kill "$last"
            exit "$code"
            """;

    private DumpGuard() {}

    /**
     * The command that runs {@code dump} under guard, and ends it at a SIGTERM, too. In a session of its own: what comes
     * from a terminal is for the agent.
     */
    static List<String> of(List<String> dump, Path images, Duration limit) {
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "TERM", "setsid"));
        command.addAll(List.of("timeout", "--foreground", seconds(limit)));
        command.addAll(List.of("setpriv", "--pdeathsig", "TERM", "sh", "-c", SCRIPT, "dump-guard"));
        command.addAll(List.of(images.toString(), seconds(LAST_RESORT)));
        command.addAll(dump);
        return command;
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + "s";
    }
}
