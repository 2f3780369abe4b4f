package io.rewind.runtime.process;

import java.io.IOException;
import java.util.Optional;

/**
 * A process of this host.
 *
 * @param startTime clock ticks since boot, which tells it from a later one of the same pid
 */
public record ProcessKey(int pid, long startTime) {
    /** The process that has this pid now; empty when there is none. */
    public static Optional<ProcessKey> of(int pid) {
        try {
            return Optional.of(new ProcessKey(pid, ProcessStat.of(pid).startTime()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether the pid still stands for this process, and the process has not ended. */
    public boolean isAlive() {
        try {
            ProcessStat stat = ProcessStat.of(pid);
            return stat.startTime() == startTime && !stat.isEnded();
        } catch (IOException e) {
            return false;
        }
    }
}
