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
 * of the images, nothing of CRIU's is in the container any longer, and it may be killed. A CRIU that hangs is killed all
 * the same when the container has stood still for too long, but never while {@code docker pause} holds the container: it hangs on that,
 * and goes on with it.
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
    static final Duration LAST_RESORT = Duration.ofSeconds(5);

    private static final String SCRIPT = """
            images=$1 pause=$2 resort=$3 criu= last=
            shift 3
            paused() {
                while read -r state; do
                    case $state in FREEZING | FROZEN | "frozen 1") return 0 ;; esac
                done <"$pause"
                return 1
            } 2>/dev/null
            resort() {
                left=$resort
                while [ "$left" -gt 0 ]; do
                    sleep 1
                    left=$((left - 1))
                    ! paused || left=$resort
                done
                kill -KILL "$criu"
            }
            end() {
                [ -z "$last" ] || return
                : "${criu:=$!}"
                [ -n "$criu" ] || exit 143
                resort >/dev/null 2>&1 &
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
    static List<String> of(List<String> dump, Path images, Pause pause, Duration limit) {
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "TERM", "setsid"));
        command.addAll(List.of("timeout", "--foreground", limit.toMillis() / 1000.0 + "s"));
        command.addAll(List.of("setpriv", "--pdeathsig", "TERM", "sh", "-c", SCRIPT, "dump-guard"));
        command.addAll(
                List.of(images.toString(), pause.state().map(Path::toString).orElse("")));
        command.add(Long.toString(LAST_RESORT.toSeconds()));
        command.addAll(dump);
        return command;
    }
}
