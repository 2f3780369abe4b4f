package io.rewind.runtime.priority;

import io.rewind.runtime.posix.Libc;
import io.rewind.runtime.posix.SystemCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the kernel shares processors between sessions first ("autogroup", sched(7)), nice values of threads only decide
 * within one: then it is the session's own that lets others pass.
 */
final class SessionGroup {
    private static final SystemCall SESSION = new SystemCall("getsid", 124, 156);
    private static final Path OWN = Path.of("/proc/self/autogroup");

    private SessionGroup() {}

    /** Does nothing where there is no such thing, or the session is also others'. */
    static void nice(int nice) {
        if (Libc.call(SESSION, 0) != ProcessHandle.current().pid()) {
            return;
        }
        try {
            Files.writeString(OWN, Integer.toString(nice));
        } catch (IOException e) {
            // The kernel was built without it, or refuses a change so soon after the last: the next one sets it right.
        }
    }
}
